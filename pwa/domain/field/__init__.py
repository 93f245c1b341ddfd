"""What phones hold and send: sealing, custody, receipts, devices."""
