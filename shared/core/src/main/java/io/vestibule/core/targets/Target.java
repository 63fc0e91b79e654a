package io.vestibule.core.targets;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.vestibule.core.CustomerRecord;
import io.vestibule.core.EmailAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is told of what comes in by the forms that list them, as the target's file has it.
 *
 * @param name the file's name, and by which forms list it
 * @param url where a webhook is called, or a listmonk is, or a Plausible
 * @param to the mailbox that a mail is for
 * @param bot whose bot it is
 * @param zoho which organisation of Zoho CRM it is, and how its records are made
 * @param fxiaoke which enterprise of Fxiaoke it is, and how its records are made
 * @param mailchimp which audience of Mailchimp it is
 * @param listmonk which lists of a listmonk it is
 * @param analytics where is counted how often each form was handed in
 * @param fields which of our fields the target may know, and what it calls them; all but sensitive
 *     ones if there are none
 * @param purpose the target is told only while a consent for this purpose stands
 * @param ground why the target may be told without a consent, such as {@code contract} or {@code
 *     processor}
 * @param country where it is, two letters (ISO 3166-1); absent: where the business itself is
 * @param language in which staff are written to, by its tag (BCP 47)
 * @param content whether values are told, or only that something came in
 * @param digest how long a mail waits for others; at once, if absent
 * @param sharing whether the target uses what it is told for ends of its own
 * @param onErase what it is told to do when somebody is erased
 * @param onRetention what it is told to do when somebody's time is over here
 * @param retired whether it is told nothing new; erasures still go there
 * @param isLocal whether the local run added it: never in a deployment
 */
@JsonIgnoreProperties("$schema") // Where editors find the format's own schema.
public record Target(
    @JacksonInject("name") String name,
    @JsonProperty(required = true) Kind kind,
    @Nullable URI url,
    @Nullable String to,
    @Nullable Bot bot,
    @Nullable Zoho zoho,
    @Nullable Fxiaoke fxiaoke,
    @Nullable Mailchimp mailchimp,
    @Nullable Listmonk listmonk,
    @Nullable Analytics analytics,
    Map<String, String> fields,
    @Nullable String purpose,
    @Nullable String ground,
    @Nullable String country,
    String language,
    Content content,
    @Nullable Digest digest,
    boolean sharing,
    OnErase onErase,
    OnRetention onRetention,
    boolean retired,
    @JacksonInject("local") boolean isLocal) {

  /** The name of the built-in target: the mailbox of the business itself. */
  public static final String STAFF = "staff";

  public Target {
    // Absent ones, which Jackson makes nulls.
    fields = fields == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    language = language == null ? "en" : language;
    content = content == null ? kind.usual() : content;
    onErase = onErase == null ? OnErase.DELETE : onErase;
    onRetention = onRetention == null ? OnRetention.KEEP : onRetention;
    if ((purpose == null) == (ground == null)) {
      throw new IllegalArgumentException("say \"purpose\" or \"ground\", and not both");
    }
    if (digest != null && kind != Kind.MAIL) {
      throw new IllegalArgumentException("\"digest\" is for targets of the kind mail");
    }
    if (!kind.keepsRecords() && (onErase == OnErase.UNLINK || onRetention == OnRetention.UNLINK)) {
      throw new IllegalArgumentException(
          "\"unlink\" is for targets of the kinds webhook, zoho and fxiaoke");
    }
    if (kind.isNewsletter() && purpose == null) {
      throw new IllegalArgumentException(
          "a newsletter goes to who agreed to it: say \"purpose\", and no \"ground\"");
    }
    checkOwn(kind, Kind.ZOHO, zoho);
    checkOwn(kind, Kind.FXIAOKE, fxiaoke);
    checkOwn(kind, Kind.MAILCHIMP, mailchimp);
    checkOwn(kind, Kind.LISTMONK, listmonk);
    checkOwn(kind, Kind.ANALYTICS, analytics);
    switch (kind) {
      case WEBHOOK -> checkWebhook(url, to, bot, isLocal);
      case MAIL -> checkMail(url, to, bot);
      case BOT -> checkBot(url, to, bot, fields, content);
      case ZOHO -> {
        checkRecords(kind, url, to, bot, content);
        Objects.requireNonNull(zoho).check(fields, isLocal);
      }
      case FXIAOKE -> {
        checkRecords(kind, url, to, bot, content);
        Objects.requireNonNull(fxiaoke).check(fields, purpose, isLocal);
      }
      case MAILCHIMP -> {
        checkRecords(kind, url, to, bot, content);
        Objects.requireNonNull(mailchimp).check(fields, isLocal);
      }
      case LISTMONK -> {
        checkRecords(kind, null, to, bot, content);
        checkServer(kind, url, isLocal);
        Objects.requireNonNull(listmonk).check(fields);
      }
      case ANALYTICS -> {
        if (!fields.isEmpty() || content == Content.FULL || purpose != null || sharing) {
          throw new IllegalArgumentException(
              "counts are of nobody: leave out \"fields\", \"content\", \"purpose\" and \"sharing\"");
        }
        if (url != null) {
          checkServer(kind, url, isLocal);
        }
        Objects.requireNonNull(analytics).check(url, isLocal);
      }
    }
  }

  /** What only one kind has, it needs. */
  private static void checkOwn(Kind kind, Kind owner, @Nullable Object member) {
    if ((kind == owner) != (member != null)) {
      throw new IllegalArgumentException(
          "\"%1$s\" is for targets of the kind %1$s, and they need it".formatted(owner.text()));
    }
  }

  private static void checkWebhook(
      @Nullable URI url, @Nullable String to, @Nullable Bot bot, boolean isLocal) {
    if (url == null || to != null || bot != null) {
      throw new IllegalArgumentException("a webhook has \"url\", and neither \"to\" nor \"bot\"");
    }
    checkUrl(Kind.WEBHOOK, url, isLocal);
  }

  private static void checkUrl(Kind kind, @Nullable URI url, boolean isLocal) {
    if (url == null) {
      throw new IllegalArgumentException(
          "a target of the kind %s needs \"url\"".formatted(kind.text()));
    }
    if (!(isLocal && PublicUrl.isThisMachine(url))) {
      PublicUrl.problem(url)
          .ifPresent(
              problem -> {
                throw new IllegalArgumentException("\"url\" " + problem);
              });
    }
  }

  /** What is called there is written behind it. */
  private static void checkServer(Kind kind, @Nullable URI url, boolean isLocal) {
    checkUrl(kind, url, isLocal);
    if (url != null && (url.getRawQuery() != null || url.getRawPath().endsWith("/"))) {
      throw new IllegalArgumentException("\"url\" must have no ?, and no / at its end");
    }
  }

  private static void checkMail(@Nullable URI url, @Nullable String to, @Nullable Bot bot) {
    if (to == null || url != null || bot != null) {
      throw new IllegalArgumentException("a mail has \"to\", and neither \"url\" nor \"bot\"");
    }
    if (EmailAddress.parse(to).isEmpty()) {
      throw new IllegalArgumentException("\"to\" must be one e-mail address");
    }
  }

  private static void checkBot(
      @Nullable URI url,
      @Nullable String to,
      @Nullable Bot bot,
      Map<String, String> fields,
      Content content) {
    if (bot == null || to != null || url != null) {
      throw new IllegalArgumentException(
          "a bot has \"bot\", and neither \"to\" nor \"url\": its address is its secret");
    }
    if (!fields.isEmpty() || content == Content.FULL) {
      throw new IllegalArgumentException("a bot is told no values: leave out \"fields\"");
    }
  }

  private static void checkRecords(
      Kind kind, @Nullable URI url, @Nullable String to, @Nullable Bot bot, Content content) {
    if (url != null || to != null || bot != null) {
      throw new IllegalArgumentException(
          "a target of the kind %s has none of \"url\", \"to\" and \"bot\"".formatted(kind.text()));
    }
    if (content == Content.THIN) {
      throw new IllegalArgumentException("a record is made of values: leave out \"content\"");
    }
  }

  /**
   * The built-in target of every form.
   *
   * @param to the mailbox of the business
   */
  static Target staff(EmailAddress to) {
    return new Target(
        STAFF,
        Kind.MAIL,
        null,
        to.normalised(),
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        null,
        "contract",
        null,
        "en",
        Content.FULL,
        null,
        false,
        OnErase.DELETE,
        OnRetention.KEEP,
        false,
        false);
  }

  /** How it is told. */
  public enum Kind {
    @JsonProperty("mail")
    MAIL,
    @JsonProperty("webhook")
    WEBHOOK,
    @JsonProperty("bot")
    BOT,
    @JsonProperty("zoho")
    ZOHO,
    @JsonProperty("fxiaoke")
    FXIAOKE,
    @JsonProperty("mailchimp")
    MAILCHIMP,
    @JsonProperty("listmonk")
    LISTMONK,
    @JsonProperty("analytics")
    ANALYTICS;

    private String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether people hear from it, and so must have agreed to that. */
    private boolean isNewsletter() {
      return this == MAILCHIMP || this == LISTMONK;
    }

    /** How much is told if the target's file does not say it. */
    private Content usual() {
      return switch (this) {
        case MAIL, ZOHO, FXIAOKE, MAILCHIMP, LISTMONK -> Content.FULL;
        case WEBHOOK, BOT, ANALYTICS -> Content.THIN;
      };
    }

    /** Whether it has a record of each person, of which a part can be kept. */
    private boolean keepsRecords() {
      return switch (this) {
        case WEBHOOK, ZOHO, FXIAOKE -> true;
        case MAIL, BOT, MAILCHIMP, LISTMONK, ANALYTICS -> false;
      };
    }
  }

  /** Whose messages a bot writes. */
  public enum Bot {
    @JsonProperty("feishu")
    FEISHU,
    @JsonProperty("dingtalk")
    DINGTALK,
    @JsonProperty("slack")
    SLACK
  }

  /** How much is told. */
  public enum Content {
    /** The values of its fields. */
    @JsonProperty("full")
    FULL,
    /** That something came in, and its number. */
    @JsonProperty("thin")
    THIN
  }

  /** How long a mail waits for others. */
  public enum Digest {
    @JsonProperty("hourly")
    HOURLY,
    @JsonProperty("daily")
    DAILY
  }

  /** What a target is told to do when somebody is erased. */
  public enum OnErase {
    /** Delete what it was told. */
    @JsonProperty("delete")
    DELETE,
    /** Blank what it was told, and keep what it had before. */
    @JsonProperty("unlink")
    UNLINK
  }

  /** What a target is told to do when somebody's time is over here. */
  public enum OnRetention {
    /** Nothing: it is told nothing. */
    @JsonProperty("keep")
    KEEP,
    @JsonProperty("unlink")
    UNLINK,
    @JsonProperty("delete")
    DELETE
  }

  /** The mailbox that a mail is for; only for targets of that kind. */
  public EmailAddress mailbox() {
    return EmailAddress.parse(Objects.requireNonNull(to)).orElseThrow();
  }

  /**
   * How long what comes in is gathered, to be told at once; zero if each is told by itself. A chat
   * is written to once a minute at most.
   */
  public Duration gathered() {
    return switch (kind) {
      case WEBHOOK, ZOHO, FXIAOKE, MAILCHIMP, LISTMONK, ANALYTICS -> Duration.ZERO;
      case BOT -> Duration.ofMinutes(1);
      case MAIL ->
          switch (digest) {
            case HOURLY -> Duration.ofHours(1);
            case DAILY -> Duration.ofDays(1);
            case null -> Duration.ZERO;
          };
    };
  }

  /** Whether it is told nothing of anybody, and is told each time once, or never. */
  public boolean countsOnly() {
    return kind == Kind.ANALYTICS;
  }

  /** Whether an erasure may have fields of a record there emptied, each by its name. */
  public boolean emptiesFields() {
    return switch (kind) {
      case ZOHO, FXIAOKE, MAILCHIMP, LISTMONK -> true;
      case MAIL, WEBHOOK, BOT, ANALYTICS -> false;
    };
  }

  /** How many calls may be under way at once: no more than the target takes. */
  public int atOnce() {
    return switch (kind) {
      case MAIL, WEBHOOK, BOT, ANALYTICS -> 8;
      // Two messages of one person at once would make two records of them.
      case ZOHO, FXIAOKE, MAILCHIMP, LISTMONK -> 1;
    };
  }

  /**
   * Why something must not be told to it, in a word; empty if it may be.
   *
   * @param record of whom it is about
   * @param optsOut whether the browser said that nothing of it is to be shared
   */
  public Optional<String> keepsOut(CustomerRecord record, boolean optsOut) {
    if (sharing && optsOut) {
      return Optional.of("opted-out");
    }
    return lacksConsent(record) ? Optional.of("no-consent") : Optional.empty();
  }

  /** Whether it needs a consent that does not stand. */
  public boolean lacksConsent(CustomerRecord record) {
    return consent().filter(needed -> record.standing(needed).isEmpty()).isPresent();
  }

  /** Whether it needs a consent for this purpose; for any, if none is named. */
  public boolean isFor(String anyPurpose) {
    return consent().filter(it -> anyPurpose.isEmpty() || anyPurpose.equals(it)).isPresent();
  }

  /**
   * Whether it may know the value of a sensitive field: a webhook whose file lists the field. What
   * is kept by a consent is told for that consent's purpose only, so that the target hears of a
   * withdrawal; what is kept on a ground, only to who has a ground, too, and no ends of its own. No
   * mail carries one: a mailbox is read by more people than need to know.
   *
   * @param keptFor the purpose of the consent that it is kept by; empty if it needs none
   */
  public boolean mayKnowSensitive(String field, Optional<String> keptFor) {
    return kind == Kind.WEBHOOK
        && fields.containsKey(field)
        && consent().equals(keptFor)
        && (keptFor.isPresent() || !sharing);
  }

  /** Needs a consent for this; empty if it stands on another ground. */
  public Optional<String> consent() {
    return Optional.ofNullable(purpose);
  }
}
