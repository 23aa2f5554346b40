// Shared by the suites that run in Node: counts tests, prints what failed, closes with `N passed, N failed`.

export class Suite {
  passed = 0;
  failed = 0;

  // One test: it holds when `problems` (a list of text) is empty.
  check(name, problems) {
    if (problems.length === 0) {
      this.passed += 1;
      return;
    }
    this.failed += 1;
    console.log(`FAIL ${name}`);
    for (const problem of problems) console.log(`    ${String(problem).replaceAll("\n", "\n    ")}`);
  }

  // Prints the closing line; a run of nothing is a failure. The exit code is set, the program ends when its work has.
  end() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed === 0 && this.passed > 0 ? 0 : 1;
  }
}
