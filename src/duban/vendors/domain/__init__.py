"""Pure rules of vendors: certificates, reminders, masked contacts."""
