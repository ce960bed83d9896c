"""Forms of questions as the XLSForm standard writes them: reading, writing, and the expressions inside."""
