#!/bin/sh
# The demo: reads the pages of this folder into a desk and asks it four questions.
# `make demo` runs it, with foreigndesk on the PATH and DESK naming the folder of the desk.
# It removes nothing but an older demo desk at $DESK.
set -eu

: "${DESK:?DESK names the folder for the demo desk, for example DESK=build/demo-desk}"
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

command -v foreigndesk >/dev/null 2>&1 || {
    echo "demo: foreigndesk is not on the PATH. Run 'make demo', which installs it first." >&2
    exit 1
}

if [ -e "$DESK" ]; then
    if [ ! -f "$DESK/.demo" ]; then
        echo "demo: found $DESK, which the demo did not make; it stays as it is." >&2
        echo "demo: move it away, or name another folder: make demo DESK=build/other-desk" >&2
        exit 1
    fi
    rm -rf -- "$DESK"
fi
mkdir -p -- "$(dirname -- "$DESK")"

# The mark by which the next demo knows its own desk, left even when this one is broken off.
mark() {
    if [ -d "$DESK" ]; then : >"$DESK/.demo"; fi
}
trap mark EXIT
trap 'exit 130' HUP INT TERM

heading() {
    printf '\n== %s\n\n' "$1"
}

heading "Reading the sample pages"
foreigndesk read "$here/pages" --desk "$DESK"
mark

heading "Timeline: who did what to whom, and when"
foreigndesk timeline --desk "$DESK" --limit 12

heading "Claims: who says so, and who denies it"
foreigndesk claims --desk "$DESK" --limit 12

heading "Promises: what was announced, and whether it came"
foreigndesk promises --desk "$DESK" --limit 12

heading "Discrepancies: reports that cannot both be right"
foreigndesk discrepancies --desk "$DESK" --limit 12

heading "Looking further"
cat <<END
The desk is in $DESK. With .venv/bin on your PATH:
  foreigndesk show ID --desk $DESK             an id from above, with its evidence
  foreigndesk timeline --help                  the filters: actor, type, dates
  foreigndesk export --desk $DESK --what events --format jsonl -o events.jsonl
  foreigndesk read YOUR_PAGES --desk my-desk   your own folder of pages
What each sample page is and which facts it holds: sample/README.md.
What Foreign Desk does, and where to go from here: README.md.
END
