#!/bin/sh
# Start walk by a double click: the Mac opens this file in a window of Terminal.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
exec "$here/walk" "$@"
