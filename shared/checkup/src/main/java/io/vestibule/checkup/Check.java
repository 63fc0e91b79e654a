package io.vestibule.checkup;

import io.vestibule.core.wording.Wording;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Whether one thing of an installation is as it should be.
 *
 * @param name what was looked at, such as {@code backup}
 * @param ok false only where somebody should do something
 * @param finding what was found, as the wordings know it; empty if there is nothing to say
 * @param values what the sentence about it names
 */
public record Check(String name, boolean ok, String finding, Map<String, String> values) {

  private static final String UNKNOWN = "unknown";

  /** It is as it should be. */
  public static Check ok(String name) {
    return new Check(name, true, "", Map.of());
  }

  /** Somebody should do something, and the sentence says what. */
  public static Check wrong(String name, String finding, Map<String, String> values) {
    return new Check(name, false, finding, values);
  }

  /** Nothing is wrong, but there is something to know. */
  public static Check noted(String name, String finding) {
    return new Check(name, true, finding, Map.of());
  }

  /** AWS does not say, and why. */
  public static Check unknown(String name, String error) {
    return new Check(name, false, UNKNOWN, Map.of("check", name, "error", error));
  }

  /** A check that is still to be made. */
  @FunctionalInterface
  public interface Look<E extends Exception> {
    Check run() throws E;
  }

  /** Looks. What AWS does not answer is told, so that whoever asks can go on with the next. */
  public static <E extends Exception> Check look(String name, Look<E> look) throws E {
    try {
      return look.run();
    } catch (AwsServiceException e) {
      return unknown(name, code(e));
    } catch (SdkException | NoSuchElementException e) {
      return unknown(name, String.valueOf(e.getMessage()));
    }
  }

  /** Not the message, which may name more than a terminal or a page should show. */
  private static String code(AwsServiceException refusal) {
    return Optional.ofNullable(refusal.awsErrorDetails())
        .map(AwsErrorDetails::errorCode)
        .orElseGet(() -> "HTTP " + refusal.statusCode());
  }

  /** Why AWS does not say, in English or by its code; empty if it does. */
  public Optional<String> unknownBecause() {
    return finding.equals(UNKNOWN) ? Optional.ofNullable(values.get("error")) : Optional.empty();
  }

  /** What was found, and what to do about it; empty if there is nothing to say. */
  public String cure(Wording wording) {
    if (finding.isEmpty()) {
      return "";
    }
    var key = finding.equals(UNKNOWN) ? "check.unknown" : "check." + name + "." + finding;
    return wording.text(key, values);
  }
}
