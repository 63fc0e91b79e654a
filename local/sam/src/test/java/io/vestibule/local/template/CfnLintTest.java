package io.vestibule.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The real template before AWS's own linter, which knows every property and finds circles. */
@EnabledIf(value = "linterIsThere", disabledReason = "Not run: cfn-lint is not on the PATH")
@Tag("slow")
class CfnLintTest {

  static boolean linterIsThere() throws IOException, InterruptedException {
    return Command.run(List.of("cfn-lint", "--version"), "").succeeded();
  }

  @Test
  void theLinterHasNothingToSay() throws IOException, InterruptedException {
    var lint = Command.run(List.of("cfn-lint", TemplateTest.FILE.toString()), "");

    assertThat(lint.exitCode()).as(lint.output() + lint.errors()).isZero();
  }
}
