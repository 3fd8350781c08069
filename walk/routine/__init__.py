"""What people do on a walk, a folder a stage; serves screens and the command line alike."""
