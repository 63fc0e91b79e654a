package io.vestibule.local.host;

import io.vestibule.core.forms.Form;
import io.vestibule.local.gateway.CallLog.Call;
import io.vestibule.local.ses.Mail;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What the page of the local run shows; everything newest first.
 *
 * @param refreshes whether the page loads itself anew every few seconds
 * @param now by the clock of the run
 * @param notices what an emulator outside was found to lack
 * @param wrong what is wrong with the files that the owner changed meanwhile, a line for each
 * @param backups empty if the template has none
 */
public record Overview(
    boolean refreshes,
    Instant now,
    List<String> notices,
    List<String> wrong,
    List<Form> forms,
    List<ReceivedMail> inbox,
    List<StoredTable> tables,
    List<CalledPartner> partners,
    Optional<Backups> backups,
    List<RunFunction> functions) {

  /** A mail, and the addresses that its text links to. */
  public record ReceivedMail(Mail mail, List<String> links) {

    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+");

    static ReceivedMail of(Mail mail) {
      String text = mail.text().isEmpty() ? mail.html().replace("&amp;", "&") : mail.text();
      return new ReceivedMail(
          mail, LINK.matcher(text).results().map(MatchResult::group).distinct().toList());
    }

    /** The HTML part; its links open a page of their own, as in a mail program. */
    public String htmlInFrame() {
      return "<base target=\"_blank\">" + mail.html();
    }
  }

  /**
   * A partner that was called.
   *
   * @param target by which it was
   * @param calls how often
   * @param records whom it knows, or what it counted; none of a partner that is only told
   */
  public record CalledPartner(String target, int calls, List<String> records) {}

  /**
   * The newest backups.
   *
   * @param report what the button did that was pressed last; empty before the first
   * @param documents where each is, and what it says of itself
   */
  public record Backups(String report, List<Map.Entry<String, String>> documents) {}

  /** A function and what it did. */
  public record RunFunction(
      String name, List<Invocation> invocations, List<Call> calls, List<String> log) {

    public boolean wasDenied() {
      return calls.stream().anyMatch(call -> !call.allowed());
    }

    public boolean hasFailed() {
      return invocations.stream().anyMatch(Overview::failed);
    }
  }

  /** Whether an invocation ended with an error. */
  public static boolean failed(Invocation invocation) {
    return invocation.outcome() instanceof Outcome.Failed;
  }

  /** An error in one line; empty if there was none. */
  public static String error(Invocation invocation) {
    return invocation.outcome() instanceof Outcome.Failed(String type, String message)
        ? type + ": " + message
        : "";
  }
}
