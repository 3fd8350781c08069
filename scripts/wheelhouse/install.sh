#!/bin/sh
# Install walk from the wheels beside this script: no net, no admin rights.
#   sh install.sh [FOLDER]        FOLDER is made; left out, it is walk-app in your home folder
set -e
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
target=${1:-$HOME/walk-app}
python=${PYTHON:-python3}

if ! "$python" -m venv "$target"; then
    echo "Python could not make the folder $target (on Debian and Ubuntu this needs the package" >&2
    echo "python3-venv). The one-folder build of walk needs no Python at all." >&2
    exit 1
fi
"$target/bin/python" -m pip install --quiet --disable-pip-version-check --no-index \
    --find-links "$here/wheels" 'classroom-walk[docx,passphrase]'
echo "walk is installed. Start it with: $target/bin/walk"
