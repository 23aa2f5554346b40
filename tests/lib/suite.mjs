// Shared by the suites that run in Node: counts tests, prints what failed, closes with `N passed, N failed`.

export class Suite {
  passed = 0;
  failed = 0;
  printed = new Map(); // problems to the test that had them first

  // One test: it holds when `problems` (a list of text) is empty.
  check(name, problems) {
    if (problems.length === 0) {
      this.passed += 1;
      return;
    }
    this.failed += 1;
    const text = problems.map((problem) => `    ${String(problem).replaceAll("\n", "\n    ")}`).join("\n");
    const before = this.printed.get(text);
    console.log(before === undefined ? `FAIL ${name}\n${text}` : `FAIL ${name}: the same as ${before}`);
    if (before === undefined) this.printed.set(text, name);
  }

  // Prints the closing line; a run of nothing is a failure. The exit code is set, the program ends when its work has.
  end() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed === 0 && this.passed > 0 ? 0 : 1;
  }
}
