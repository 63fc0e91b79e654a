package io.vestibule.local.doctor;

import io.vestibule.checkup.Alarms;
import io.vestibule.checkup.Check;
import io.vestibule.checkup.CheckAlarms;
import io.vestibule.checkup.CheckLanes;
import io.vestibule.checkup.CheckRuns;
import io.vestibule.checkup.LastRuns;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.delivery.Lanes;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;

/** Examines a stack. What AWS does not answer is told, too, and the next thing is looked at. */
final class Doctor {

  private final List<Check> checks = new ArrayList<>();

  private Doctor() {}

  /** Everything, in the order in which it is mended on the first day. */
  static List<Check> examine(FindStack.Found found) throws InterruptedException {
    var stack = found.stack();
    var aws = found.aws();
    var doctor = new Doctor();
    try (var ses = aws.ses();
        var s3 = aws.s3();
        var kms = aws.kms();
        var lambda = aws.lambda();
        var secrets = aws.secrets();
        var dynamoDb = aws.dynamoDb()) {
      var mail = new CheckMail(ses, stack, new Forms().all());
      doctor.look("identity", mail::identity);
      doctor.look("dkim", mail::dkim);
      doctor.look("sandbox", mail::sandbox);
      doctor.look("staff-mail", mail::staffMail);
      doctor.look("backup", () -> runs(s3, stack).backup(stack.now()));
      doctor.look("drill", () -> runs(s3, stack).drill(stack.now()));
      doctor.look("alarms", () -> alarms(found));
      doctor.look("keys", () -> new CheckRotation(kms, stack).run());
      doctor.look("quotas", () -> new CheckQuotas(lambda, ses, stack).run());
      doctor.look("sign-in", () -> new CheckSignIn(secrets, stack).run());
      var lanes = new Lanes(dynamoDb, stack.parameter("Prefix") + "lanes");
      doctor.look("lanes", () -> new CheckLanes(lanes).run());
    }
    return doctor.checks;
  }

  private static Check alarms(FindStack.Found found) {
    return found.stack().isLocal()
        ? Check.noted("alarms", "local")
        : new CheckAlarms(new Alarms(found.aws().access(), found.stack().name(), Aws.PATIENCE))
            .run();
  }

  private static CheckRuns runs(S3Client s3, Installed stack) {
    return new CheckRuns(new LastRuns(s3, stack.output("BackupBucket")));
  }

  private <E extends Exception> void look(String name, Check.Look<E> look) throws E {
    checks.add(Check.look(name, look));
  }
}
