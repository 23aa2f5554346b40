# Shared by the suites that are shell scripts. Source it, then: suite_pass, suite_fail, suite_end.
#
# suite_pass NAME            counts a test that held; prints nothing.
# suite_fail NAME [TEXT]     counts and prints one that did not; TEXT (or standard input, when TEXT is `-`) says why.
# suite_end                  prints `N passed, N failed` and ends the script: non-zero when any failed or none ran.
# suite_generator            sets PAMPHLET to an absolute path of the generator, or ends the suite.
# suite_built                sets BUILT to a built site: the folder the caller named, or content/ built afresh.

suite_top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
suite_passed=0
suite_failed=0

suite_pass() {
  suite_passed=$((suite_passed + 1))
}

suite_fail() {
  suite_failed=$((suite_failed + 1))
  printf 'FAIL %s\n' "$1"
  if [ "${2-}" = - ]; then
    sed 's/^/    /'
  elif [ -n "${2-}" ]; then
    printf '%s\n' "$2" | sed 's/^/    /'
  fi
}

suite_end() {
  printf '%d passed, %d failed\n' "$suite_passed" "$suite_failed"
  [ "$suite_failed" -eq 0 ] && [ "$suite_passed" -gt 0 ]
  exit
}

suite_generator() {
  PAMPHLET=${PAMPHLET:-${BUILD:-.build}/plain/pamphlet}
  case $PAMPHLET in /*) ;; *) PAMPHLET=$suite_top/$PAMPHLET ;; esac
  if [ ! -x "$PAMPHLET" ]; then
    suite_fail generator "$PAMPHLET is not there: run \`make build\`, or name another in PAMPHLET"
    suite_end
  fi
  export PAMPHLET
}

suite_built() {
  if [ -n "${BUILT:-}" ]; then
    case $BUILT in /*) ;; *) BUILT=$PWD/$BUILT ;; esac
  else
    suite_generator
    suite_scratch=$(mktemp -d)
    trap 'rm -rf "$suite_scratch"' EXIT
    BUILT=$suite_scratch/site
    if ! (cd "$suite_top" && "$PAMPHLET" build --source . --out "$BUILT" --quiet) >"$suite_scratch/log" 2>&1; then
      suite_fail 'the sample site builds' - <"$suite_scratch/log"
      suite_end
    fi
  fi
  if [ ! -f "$BUILT/index.html" ]; then
    suite_fail 'the site has a home page' "$BUILT/index.html is not there"
    suite_end
  fi
  export BUILT
}

# Ends the suite when the npm packages of tests/package.json cannot be had.
suite_node_modules() {
  "$suite_top/tests/lib/node-modules" || {
    suite_fail 'npm ci' 'the npm packages of tests/package.json could not be installed'
    suite_end
  }
}
