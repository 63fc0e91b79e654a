package io.vestibule.local.doctor;

import io.vestibule.checkup.Check;
import java.util.Map;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** Looks whether the account may do as much as a form on a page that people read needs. */
record CheckQuotas(LambdaClient lambda, SesV2Client ses, Installed stack) {

  /** A new account has ten; whoever asks gets a thousand. */
  private static final int FEW = 100;

  Check run() {
    if (stack.isLocal()) {
      return Check.noted("quotas", "local");
    }
    if (!Boolean.TRUE.equals(ses.getAccount(it -> {}).sendingEnabled())) {
      return Check.wrong("quotas", "sending", Map.of());
    }
    int atOnce = lambda.getAccountSettings(it -> {}).accountLimit().concurrentExecutions();
    return atOnce >= FEW
        ? Check.ok("quotas")
        : Check.wrong("quotas", "lambda", Map.of("count", Integer.toString(atOnce)));
  }
}
