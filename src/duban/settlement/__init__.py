"""What is paid and why: payment terms, monthly statements, deductions, retention, the payment clock."""
