package io.vestibule.core.forms;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.OptBoolean;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vestibule.core.CustomerRecord;
import io.vestibule.core.Destination;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.FormVersion;
import io.vestibule.core.HeldReason;
import io.vestibule.core.wording.Localised;
import io.vestibule.core.wording.Wording;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A form as its definition file has it, immutable.
 *
 * @param name the file's name, and the form's address
 * @param published the wordings of its consents that pages may have from before
 * @param version which rules the form has: 16 characters of URL-safe base64. What was handed in
 *     under others was a form of another version
 * @param kind what the form is for, by which its pages and mails are worded
 * @param introduction what stands below the title
 * @param schema the rules for the fields
 * @param fields how each field is shown, in the order of the page; the same names as in the schema
 * @param consents what the person may agree to besides
 * @param tags what a customer who came this way is marked with
 * @param origins web origins whose scripts may post here (CORS)
 * @param next addresses to which a person may be sent on after posting
 * @param deliver who else is told of what comes in, by the names of their files; nobody, if absent
 * @param proofOfWork what a sender's machine must work out first; nothing, if absent
 * @param texts what the form says in words of its own; in those of its kind, if absent
 * @param afterwards what happens next, for who has confirmed
 * @param extra what becomes of fields that the schema does not declare; if absent, a page's are
 *     dropped, and a program's refused
 * @param closed whether nothing more can be sent by it; what was sent before goes its way
 * @param closes when it closes by itself; never, if absent
 * @param confirmed where it goes when it is confirmed: storage, unless it is said; deletion is for
 *     the built-in form {@code privacy}
 */
@JsonIgnoreProperties("$schema") // Where editors find the format's own schema.
public record Form(
    @JacksonInject("name") String name,
    @JacksonInject("published") Published published,
    @JacksonInject(value = "version", useInput = OptBoolean.FALSE) String version,
    Kind kind,
    @JsonProperty(required = true) Localised title,
    @Nullable Localised introduction,
    @JsonProperty(required = true) Schema schema,
    @JsonProperty(required = true) Map<String, Field> fields,
    @JsonProperty(required = true) Map<String, Consent> consents,
    @JsonProperty(required = true) List<String> tags,
    @JsonProperty(required = true) List<String> origins,
    @JsonProperty(required = true) List<String> next,
    @JsonProperty(required = true) Keep keep,
    List<String> deliver,
    @Nullable ProofOfWork proofOfWork,
    @Nullable Texts texts,
    @Nullable Localised afterwards,
    @Nullable Extra extra,
    boolean closed,
    @Nullable Closes closes,
    Destination confirmed)
    implements CustomerRecord.Origin {

  /** The form by which people ask about their own data. */
  public static final String PRIVACY = "privacy";

  /** RFC 3986, section 3.4, and the brackets that browsers leave as they are. */
  private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@/?%\\[\\]-]*+");

  public Form {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    consents = Collections.unmodifiableMap(new LinkedHashMap<>(consents));
    tags = List.copyOf(tags);
    origins = List.copyOf(origins);
    next = List.copyOf(next);
    deliver = deliver == null ? List.of() : List.copyOf(deliver);
    if (texts != null) {
      OwnWords.check(texts);
    }
    FieldChecks.check(schema, fields);
    SensitiveFields.check(schema, fields, consents);
    // Absent for every form but one, which Jackson makes a null.
    confirmed = confirmed == null ? Destination.STORAGE : confirmed;
    if ((confirmed == Destination.DELETION) != name.equals(PRIVACY)) {
      throw new IllegalArgumentException(
          "\"confirmed\" is \"deletion\" for the form privacy, and for no other");
    }
    if (name.equals(PRIVACY) && (closed || closes != null)) {
      throw new IllegalArgumentException(
          "\"closed\" and \"closes\" are not for the form privacy: people can always ask about their"
              + " data");
    }
    if (name.equals(PRIVACY) && (kind != null || texts != null)) {
      throw new IllegalArgumentException(
          "\"kind\" and \"texts\" are not for the form privacy: its pages name the deed");
    }
    // Absent for most forms, which Jackson makes a null.
    kind = kind == null ? Kind.MESSAGE : kind;
    if (name.equals(PRIVACY) && !deliver.isEmpty()) {
      throw new IllegalArgumentException(
          "\"deliver\" is not for the form privacy: nobody else is told who asks about their data");
    }
  }

  /** What a form is for. */
  public enum Kind {
    /** Somebody writes to the business. */
    @JsonProperty("message")
    MESSAGE,
    /** Somebody wants what comes regularly, such as a newsletter. */
    @JsonProperty("sign-up")
    SIGN_UP,
    /** Somebody wants to take part in something. */
    @JsonProperty("registration")
    REGISTRATION,
    /** Somebody says how it was. */
    @JsonProperty("feedback")
    FEEDBACK;

    /** As definitions and wordings call it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * What a form says in words of its own, each in place of what its kind says.
   *
   * @param subject of the mail
   * @param thanks what to do with the mail, on the page after the form and in the answer to scripts
   * @param confirm what the button does, on the page that the mail leads to
   * @param note below the form
   * @param send the button of the form
   */
  public record Texts(
      @Nullable Localised subject,
      @Nullable Localised thanks,
      @Nullable Localised confirm,
      @Nullable Localised note,
      @Nullable Localised send) {}

  /**
   * How a field is shown.
   *
   * @param identity whether it is the e-mail address by which the person is known, and which they
   *     must confirm
   * @param autocomplete the token by which a browser fills it in (HTML, "Autofill"), or {@code off}
   * @param help a sentence below the label
   * @param options what each choice is called, by its value; for a scale, what its ends mean
   * @param rows how many lines are shown of a text that may have several
   * @param sensitivity how much it tells of a person; personal, unless it is said
   * @param importance whether the business knows an entry by it; normal, unless it is said
   * @param purposes why it is asked, by words such as those of consents; if there are none, for
   *     what the form is for
   * @param ground of a sensitive field that hangs on no consent: what else allows it
   * @param section a heading before it
   * @param hidden whether pages send it without asking anybody
   * @param prefill whether the query of the form's address may fill it in
   * @param dates the days that it takes
   */
  public record Field(
      @JsonProperty(required = true) Localised label,
      boolean identity,
      @JsonProperty(required = true) String autocomplete,
      @Nullable Localised help,
      Map<String, Localised> options,
      @Nullable Integer rows,
      Sensitivity sensitivity,
      Importance importance,
      List<String> purposes,
      @Nullable String ground,
      @Nullable Localised section,
      boolean hidden,
      boolean prefill,
      @Nullable Dates dates) {

    public Field {
      // Absent for most fields, which Jackson makes nulls.
      options = options == null ? Map.of() : Map.copyOf(options);
      sensitivity = sensitivity == null ? Sensitivity.PERSONAL : sensitivity;
      importance = importance == null ? Importance.NORMAL : importance;
      purposes = purposes == null ? List.of() : List.copyOf(purposes);
    }

    /** A value as people read it: choices by what they are called, of several one after another. */
    public String shown(JsonNode value, String language) {
      return switch (value) {
        case ArrayNode list ->
            list.valueStream().map(item -> shown(item, language)).collect(joining(", "));
        case TextNode text -> called(text.textValue(), language);
        default -> plain(value);
      };
    }

    /** A value as people read it if no field says what it is called. */
    public static String plain(JsonNode value) {
      return value.isTextual() ? value.textValue() : value.toString();
    }

    private String called(String choice, String language) {
      var option = options.get(choice);
      return option == null ? choice : option.in(language);
    }

    /** Whether the law protects it more than others. */
    public boolean isSensitive() {
      return sensitivity == Sensitivity.SENSITIVE;
    }
  }

  /** How much a value tells of a person. */
  public enum Sensitivity {
    /** Nothing: a choice of a date, say. */
    @JsonProperty("plain")
    PLAIN,
    @JsonProperty("personal")
    PERSONAL,
    /** What the law protects more: health, faith, origin (GDPR, article 9; PIPL, article 28). */
    @JsonProperty("sensitive")
    SENSITIVE
  }

  /** Whether the business knows an entry by a value. */
  public enum Importance {
    /** By it people tell entries from each other in a list. */
    @JsonProperty("key")
    KEY,
    @JsonProperty("normal")
    NORMAL
  }

  /**
   * Something that a person may agree to.
   *
   * @param purpose what for; later withdrawn by this name
   * @param version of the words: other words are another version
   * @param wording the words themselves
   * @param required whether the form is of no use without it, as signing up for a newsletter is
   * @param label what the purpose is called where it is withdrawn; one form says it for all
   * @param fields the sensitive fields that are kept only if it is given
   */
  public record Consent(
      @JsonProperty(required = true) String purpose,
      @JsonProperty(required = true) String version,
      @JsonProperty(required = true) Localised wording,
      boolean required,
      @Nullable Localised label,
      List<String> fields) {

    public Consent {
      // Absent for most consents, which Jackson makes a null.
      fields = fields == null ? List.of() : List.copyOf(fields);
    }
  }

  /**
   * How long what was handed in is kept.
   *
   * @param unverified until then it must be confirmed, else it ends
   * @param held so long it waits for a person if it is put aside unconfirmed; 30 days, unless it is
   *     said
   * @param customer so long after the last use of the form its customers are kept; for good, if
   *     absent
   */
  public record Keep(
      @JsonProperty(required = true) Duration unverified,
      Duration held,
      @Nullable Period customer) {

    /** What waits for longer would outlive the mark that an erasure leaves for 45 days. */
    private static final Duration MOST = Duration.ofDays(44);

    public Keep {
      // Absent for most forms, which Jackson makes a null.
      held = held == null ? HeldReason.KEPT : held;
      if (unverified.plus(held).compareTo(MOST) > 0) {
        throw new IllegalArgumentException(
            "\"unverified\" and \"held\" must be 44 days together, at most: an erasure covers no more");
      }
    }
  }

  /**
   * A sum that the sender's machine must do before the form is taken. It wants a script in the
   * page, and is worth that for forms that bots have found.
   *
   * @param maxNumber how much work, at most: so many SHA-256, on average half of them; from 1,000
   *     to 1,000,000. A telephone does some 50,000 in a second
   * @param onDemand whether it is asked for only while it is needed, which is decided behind the
   *     door; who comes without it then is taken all the same, and held
   */
  public record ProofOfWork(int maxNumber, boolean onDemand) {

    private static final int LEAST = 1_000;
    private static final int MOST = 1_000_000;

    private static final String ON_DEMAND = "auto";
    private static final int MAX_NUMBER_ON_DEMAND = 50_000;

    /** Reads {@code "auto"}, or an object with nothing but {@code maxNumber}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ProofOfWork read(JsonNode json) {
      if (json.isTextual() && json.textValue().equals(ON_DEMAND)) {
        return new ProofOfWork(MAX_NUMBER_ON_DEMAND, true);
      }
      if (json.size() != 1 || !json.path("maxNumber").isInt()) {
        throw new IllegalArgumentException(
            "must be \"auto\", or say \"maxNumber\" and nothing else");
      }
      return new ProofOfWork(json.path("maxNumber").intValue(), false);
    }

    public ProofOfWork {
      if (maxNumber < LEAST || maxNumber > MOST) {
        throw new IllegalArgumentException("\"maxNumber\" must be from 1,000 to 1,000,000");
      }
    }
  }

  /** What becomes of fields that the schema does not declare. */
  public enum Extra {
    /** Whoever sends one is told that there is no such field. */
    @JsonProperty("refuse")
    REFUSE,
    /** It is left out, and whoever sent it is told its name. */
    @JsonProperty("drop")
    DROP
  }

  /**
   * An entry without what is not taken of it.
   *
   * @param isOfPage whether an HTML form sent it: a page sends what its maker never thought of, and
   *     nobody who fills it in can do anything about that
   */
  public Entry sift(Entry entry, boolean isOfPage, Instant at) {
    return new Sieve(this, isOfPage, at).sift(entry);
  }

  /**
   * What an HTML form sent without the button that was pressed, and where: who presses twice sends
   * the same.
   */
  public Entry withoutButtons(Entry sent) {
    return Sieve.withoutButtons(this, sent);
  }

  /**
   * What the query of the form's address fills in: fields that may be, with values that keep their
   * rules. Anybody can make such an address, and send somebody else to it.
   *
   * @param query decoded; of a name that was given twice the values are joined by commas
   */
  public Entry prefilled(Map<String, String> query, Instant at) {
    return new Prefill(this, at).of(query);
  }

  /**
   * Applies every rule of the form, and names all that are broken in the person's language.
   *
   * @param at when the entry came
   */
  public Checked check(Entry entry, Wording wording, Instant at) {
    return new Rules(this, wording, at).check(entry);
  }

  /**
   * Whether fields keep the form's schema. This is for functions behind the door, which have no
   * person to answer.
   *
   * @param receivedAt when they came: a date that was good then stays so
   */
  public boolean accepts(ObjectNode values, Instant receivedAt) {
    return schema.validate(values).isEmpty()
        && Faults.unfit(this, values).isEmpty()
        && Faults.untimely(this, values, receivedAt).isEmpty()
        && address(values).isPresent();
  }

  /**
   * Of values those that the form takes, whenever they came: all of an entry that it has checked;
   * of others what may be passed on in its words.
   */
  public ObjectNode fitting(ObjectNode values) {
    var fitting = values.deepCopy().retain(fields.keySet());
    return fitting.remove(Faults.of(this, fitting));
  }

  /** What is sealed with an entry that keeps these rules. */
  public FormVersion sealedVersion() {
    var hanging = new TreeMap<String, String>();
    consents.forEach(
        (consent, asked) -> asked.fields().forEach(field -> hanging.put(field, consent)));
    return new FormVersion(version, identity(), hanging);
  }

  /**
   * Whether a person may be sent on to an address: to one that is listed, with a query of the
   * page's own or without.
   */
  public boolean sendsOnTo(String address) {
    int query = address.indexOf('?');
    return next.contains(address)
        || (query >= 0
            && next.contains(address.substring(0, query))
            && QUERY.matcher(address.substring(query + 1)).matches());
  }

  /**
   * The words of a consent in a version that was ever published, or that is in the form's file:
   * pages and mails from before say older ones.
   */
  public Optional<Localised> words(String consent, String version) {
    return Optional.ofNullable(consents.get(consent))
        .filter(current -> current.version().equals(version))
        .map(Consent::wording)
        .or(() -> published.words(name, consent, version));
  }

  /**
   * What a version of a consent is for: whoever agrees to older words agrees to what these said.
   */
  String purpose(String consent, String version) {
    var current = Objects.requireNonNull(consents.get(consent));
    return current.version().equals(version)
        ? current.purpose()
        : published.purpose(name, consent, version).orElse(current.purpose());
  }

  /**
   * Whether nothing more can be sent by it.
   *
   * @param business the time zone of the business
   */
  public boolean isClosed(Instant now, ZoneId business) {
    return closed || (closes != null && !closes.at(business).isAfter(now));
  }

  /**
   * From when on it is closed, or will be; empty if it never closes by itself, or somebody has
   * closed it.
   */
  public Optional<Instant> closedSince(ZoneId business) {
    return closed ? Optional.empty() : Optional.ofNullable(closes).map(it -> it.at(business));
  }

  /** Whether the form's own texts are there in a language. */
  public boolean speaks(String language) {
    return title.speaks(language);
  }

  /** The name of the field that holds the person's e-mail address. */
  public String identity() {
    return fields.entrySet().stream()
        .filter(field -> field.getValue().identity())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** The person's e-mail address in an entry; empty if there is none that mail can be sent to. */
  public Optional<EmailAddress> address(ObjectNode values) {
    return address(values, identity());
  }

  static Optional<EmailAddress> address(ObjectNode values, String field) {
    return Optional.ofNullable(values.get(field))
        .filter(JsonNode::isTextual)
        .flatMap(typed -> EmailAddress.parse(typed.textValue()));
  }

  /** Of the form {@link #PRIVACY}: what can be withdrawn, in its order. */
  public List<String> purposes() {
    return schema.property("purpose").choices();
  }

  /**
   * Whether the law protects a field's values more than others; false if there is no such field.
   */
  public boolean isSensitive(String field) {
    return Optional.ofNullable(fields.get(field)).filter(Field::isSensitive).isPresent();
  }

  /** A field of this form that is kept only if a consent is given: that consent's name. */
  @Override
  public Optional<String> consentOf(String field) {
    return consents.entrySet().stream()
        .filter(consent -> consent.getValue().fields().contains(field))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  @Override
  public Optional<String> purpose(String consent) {
    return Optional.ofNullable(consents.get(consent)).map(Consent::purpose);
  }
}
