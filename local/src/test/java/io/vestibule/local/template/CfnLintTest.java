package io.vestibule.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The real template before AWS's own linter, which knows every property and finds circles. */
class CfnLintTest {

  @Test
  void theLinterHasNothingToSay() throws IOException, InterruptedException {
    assumeTrue(
        Command.run(List.of("cfn-lint", "--version"), "").succeeded(),
        "Not checked: cfn-lint is not on the PATH");

    var lint = Command.run(List.of("cfn-lint", TemplateTest.FILE.toString()), "");

    assertThat(lint.exitCode()).as(lint.output() + lint.errors()).isZero();
  }
}
