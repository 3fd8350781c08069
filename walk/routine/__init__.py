"""What people do on a walk, one file a stage; serves screens and the command line alike."""
