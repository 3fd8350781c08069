"""Reports: what each is made from and where it goes."""
