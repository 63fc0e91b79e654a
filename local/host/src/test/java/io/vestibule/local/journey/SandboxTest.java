package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.template.Operator;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A new account mails to verified addresses only, and anybody may enter any other. */
class SandboxTest extends Journey {

  /** An attack: one such post kept all behind it waiting, for 22 hours. */
  @Test
  void aStrangersAddressIsHeldAndNobodyWaitsBehindIt() throws Exception {
    var tester = new Person(host, "tester@verified.example");
    try (var aws = Operator.at(host.aws(), host.stack().region())) {
      aws.ses().createEmailIdentity(it -> it.emailIdentity("tester@verified.example"));
      aws.ses().putAccountDetails(it -> it.productionAccessEnabled(false));

      var strangers = somebody().submits(Map.of());
      var testers = tester.submits(Map.of());
      host.drain(LIMIT);

      assertThat(tables.status(strangers)).isEqualTo("HELD mail-failed");
      assertThat(tables.status(testers)).isEqualTo("MAILED");
      assertThat(host.logs().get("MailerFunction"))
          .anyMatch(line -> line.contains("recipient-unverified"))
          .noneMatch(line -> line.contains("example.net"));

      aws.ses().putAccountDetails(it -> it.productionAccessEnabled(true));
      new Backups(host).returns("ReconcileFunction", Map.of("release", strangers));
      host.drain(LIMIT);
      assertThat(tables.status(strangers)).as("once the sandbox is lifted").isEqualTo("MAILED");
    }
  }
}
