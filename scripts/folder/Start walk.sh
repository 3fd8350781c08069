#!/bin/sh
# Start walk by a double click: here where this is a terminal, else in a new one.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1

if [ ! -x "$here/walk" ]; then
    echo "walk may not be started from this place: a stick formatted as FAT32 does not let it," >&2
    echo "and some copies lose the mark of a program. Copy the folder to your home folder, then" >&2
    echo "type there: chmod +x walk 'Start walk.sh'" >&2
    exit 1
fi

if [ -t 0 ] && [ -t 1 ]; then
    "$here/walk" "$@"
    code=$?
    if [ "$code" -ne 0 ] && [ -n "$WALK_OWN_WINDOW" ]; then
        # The window goes with this script, and with it what was said.
        printf '\nPress Enter to close this window. '
        read -r _
    fi
    exit "$code"
fi

WALK_OWN_WINDOW=yes
export WALK_OWN_WINDOW
# Each with the word behind which it expects a command.
for known in "xdg-terminal-exec" "x-terminal-emulator -e" "ptyxis --" "kgx --" "gnome-terminal --" \
    "konsole -e" "xfce4-terminal -x" "mate-terminal -x" "tilix -e" "alacritty -e" "kitty" "foot" \
    "xterm -e"; do
    if command -v "${known%% *}" >/dev/null 2>&1; then
        # The words of $known are meant to come apart.
        # shellcheck disable=SC2086
        exec $known "$here/Start walk.sh" "$@"
    fi
done
echo "No terminal was found. Open one in this folder and type: ./walk" >&2
exit 1
