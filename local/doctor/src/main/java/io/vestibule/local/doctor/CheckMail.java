package io.vestibule.local.doctor;

import io.vestibule.checkup.Check;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Told;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.DkimStatus;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityResponse;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;

/**
 * Looks whether mail leaves, and whether anybody of the business is told of what comes in.
 *
 * @param forms that are deployed
 */
record CheckMail(SesV2Client ses, Installed stack, List<Form> forms) {

  Check identity() {
    var sender = sender();
    return find(sender)
        .map(
            it ->
                Boolean.TRUE.equals(it.verifiedForSendingStatus())
                    ? Check.ok("identity")
                    : Check.wrong("identity", "unverified", Map.of("identity", sender)))
        .orElseGet(() -> Check.wrong("identity", "none", Map.of("identity", sender)));
  }

  /** An address has no DKIM of its own. */
  Check dkim() {
    var sender = sender();
    if (sender.contains("@")) {
      return Check.noted("dkim", "address");
    }
    boolean isSigned =
        find(sender)
            .map(GetEmailIdentityResponse::dkimAttributes)
            .filter(it -> Boolean.TRUE.equals(it.signingEnabled()))
            .filter(it -> it.status() == DkimStatus.SUCCESS)
            .isPresent();
    return isSigned
        ? Check.ok("dkim")
        : Check.wrong("dkim", "unsigned", Map.of("identity", sender));
  }

  Check sandbox() {
    return isInSandbox() ? Check.wrong("sandbox", "inside", Map.of()) : Check.ok("sandbox");
  }

  private boolean isInSandbox() {
    return !Boolean.TRUE.equals(ses.getAccount(it -> {}).productionAccessEnabled());
  }

  Check staffMail() {
    var mailbox = stack.parameter("StaffMail");
    var untold = new Told(!mailbox.isEmpty()).ofNone(forms);
    if (!untold.isEmpty()) {
      return Check.wrong("staff-mail", "nobody", Map.of("forms", String.join(", ", untold)));
    }
    return mailbox.isEmpty() || !isInSandbox() || isVerified(mailbox)
        ? Check.ok("staff-mail")
        : Check.wrong("staff-mail", "unverified", Map.of("mailbox", mailbox));
  }

  /** By itself, or by its domain. */
  private boolean isVerified(String mailbox) {
    return Stream.of(mailbox, mailbox.substring(mailbox.indexOf('@') + 1))
        .flatMap(it -> find(it).stream())
        .anyMatch(it -> Boolean.TRUE.equals(it.verifiedForSendingStatus()));
  }

  private String sender() {
    return stack.parameter("SenderIdentity");
  }

  private Optional<GetEmailIdentityResponse> find(String identity) {
    try {
      return Optional.of(ses.getEmailIdentity(it -> it.emailIdentity(identity)));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }
}
