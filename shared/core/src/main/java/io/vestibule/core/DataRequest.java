package io.vestibule.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a person asks for by the form {@code privacy}, as they sealed it.
 *
 * @param purpose whose consents are withdrawn; empty for all of them, and for what is no
 *     withdrawal: the form has its field whatever is asked for
 */
public record DataRequest(Kind kind, Optional<String> purpose) {

  /** The choice that stands for every purpose, as leaving the field empty does. */
  public static final String ALL_PURPOSES = "all";

  private static final Pattern PURPOSE = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  public DataRequest {
    purpose = purpose.filter(_ -> kind == Kind.WITHDRAW);
  }

  /** What can be asked for. */
  public enum Kind {
    /** Everything about me is to be erased (GDPR, article 17). */
    ERASE,
    /** I want to know what is held about me (GDPR, articles 15 and 20). */
    ACCESS,
    /** I no longer agree (GDPR, article 7(3)). */
    WITHDRAW;

    /** The word that forms, tables and the keys of wordings have. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Reads such a word; empty if it is none. */
    public static Optional<Kind> parse(String code) {
      return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }
  }

  /** Reads the fields of the form; empty if they are another form's. */
  public static Optional<DataRequest> of(ObjectNode fields) {
    return text(fields, "kind").flatMap(Kind::parse).map(kind -> of(kind, text(fields, "purpose")));
  }

  /** In one word: {@code erase}, {@code access}, {@code withdraw.all} or one of a purpose. */
  public String code() {
    return kind == Kind.WITHDRAW
        ? "%s.%s".formatted(kind.code(), purpose.orElse(ALL_PURPOSES))
        : kind.code();
  }

  /** Reads what {@link #code} wrote; empty if it is anything else. */
  public static Optional<DataRequest> parse(String code) {
    int dot = code.indexOf('.');
    var kind = Kind.parse(dot < 0 ? code : code.substring(0, dot));
    var purpose = Optional.of(code.substring(dot + 1)).filter(_ -> dot >= 0);
    return purpose.isPresent() && !PURPOSE.matcher(purpose.get()).matches()
        ? Optional.empty()
        : kind.map(it -> of(it, purpose)).filter(request -> request.code().equals(code));
  }

  /**
   * A request.
   *
   * @param purpose of a withdrawal: the word of one, or {@link #ALL_PURPOSES}
   */
  public static DataRequest of(Kind kind, Optional<String> purpose) {
    return new DataRequest(kind, purpose.filter(it -> !it.equals(ALL_PURPOSES)));
  }

  private static Optional<String> text(ObjectNode fields, String name) {
    return Optional.of(fields.path(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }
}
