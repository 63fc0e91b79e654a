package io.vestibule.core;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * That a member of staff has entered a request for somebody who did not ask by the form.
 *
 * @param channel how it came
 * @param enteredBy the role of whoever entered it
 * @param confirmedBy the role of the second one; empty if there was none, or not yet
 */
public record Behalf(Channel channel, String enteredBy, Optional<String> confirmedBy) {

  private static final Pattern TEXT =
      Pattern.compile(
          "(?<channel>[a-z-]{1,20}) (?<entered>[a-z][a-z0-9-]{0,39})"
              + "( (?<confirmed>[a-z][a-z0-9-]{0,39}))?");

  private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  /** How a request came. */
  public enum Channel {
    LETTER("letter"),
    PHONE("phone"),
    IN_PERSON("in-person");

    private final String code;

    Channel(String code) {
      this.code = code;
    }

    /** The word that tables, orders and the keys of wordings have. */
    public String code() {
      return code;
    }

    /** Reads such a word; empty if it is none. */
    public static Optional<Channel> parse(String code) {
      return Arrays.stream(values()).filter(it -> it.code.equals(code)).findFirst();
    }
  }

  /** How it was made sure that it was the person who asked. */
  public enum Check {
    /** They were called at a number that was known before. */
    CALLED_BACK("called-back"),
    /** They wrote from a postal address that was known before. */
    KNOWN_ADDRESS("known-address"),
    /** They showed a document; no copy of it is kept. */
    DOCUMENT("document"),
    /** They knew what nobody else knows. */
    ANSWERS("answers");

    private final String code;

    Check(String code) {
      this.code = code;
    }

    /** The word that the audit, orders and the keys of wordings have. */
    public String code() {
      return code;
    }

    /** Reads such a word; empty if it is none. */
    public static Optional<Check> parse(String code) {
      return Arrays.stream(values()).filter(it -> it.code.equals(code)).findFirst();
    }
  }

  /** Entered, and confirmed by no second one. */
  public static Behalf entered(Channel channel, String role) {
    return new Behalf(channel, role, Optional.empty());
  }

  /** Confirmed by a second one. */
  public Behalf confirmed(String role) {
    return new Behalf(channel, enteredBy, Optional.of(role));
  }

  /** Whether it can be the name of a role. */
  public static boolean isRole(String name) {
    return ROLE.matcher(name).matches();
  }

  /** As the row has it. */
  public String text() {
    return channel.code() + " " + enteredBy + confirmedBy.map(it -> " " + it).orElse("");
  }

  /** Reads what {@link #text} wrote; empty if it is anything else. */
  public static Optional<Behalf> parse(String text) {
    var parts = TEXT.matcher(text);
    return parts.matches()
        ? Channel.parse(parts.group("channel"))
            .map(
                it ->
                    new Behalf(
                        it, parts.group("entered"), Optional.ofNullable(parts.group("confirmed"))))
        : Optional.empty();
  }
}
