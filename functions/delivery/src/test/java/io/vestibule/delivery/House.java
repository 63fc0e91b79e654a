package io.vestibule.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.partners.PartnerAnswer;
import io.vestibule.local.partners.PartnerCall;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/** A partner with whom each person has a record: its emulator, and what a target says of it. */
interface House {

  /** Those that there are. */
  enum Name {
    ZOHO,
    FXIAOKE,
    MAILCHIMP,
    LISTMONK;

    /** One that knows nobody yet. */
    House open(URI url, Clock clock) {
      return switch (this) {
        case ZOHO -> new ZohoHouse(url, clock);
        case FXIAOKE -> new FxiaokeHouse(url, clock);
        case MAILCHIMP -> new MailchimpHouse(url, clock);
        case LISTMONK -> new ListmonkHouse(url);
      };
    }
  }

  PartnerAnswer answer(PartnerCall call);

  /**
   * The file of a target that tells it of whoever agreed.
   *
   * @param fields members of {@code fields} besides the address
   * @param more members of the file
   */
  String file(String fields, String more);

  String secret();

  /** All that it has of anybody, in the recycle bin, too. */
  List<JsonNode> records();

  /** Somebody there has made a record of a person, with a mark of their own. */
  void add(String address);

  /** Whether a record has that mark. */
  boolean isTheirs(JsonNode record);

  /** Whether people there are asked about a record of theirs. */
  boolean isAskedAbout(JsonNode record);

  /** Two of its fields that take any text, and that it has none in before. */
  List<String> texts();

  /** A text of a record; empty if there is none. */
  default String text(JsonNode record, String field) {
    return record.path(field).asText("");
  }

  /** How it refuses one person. */
  PartnerAnswer refusal();

  /** How it says that it takes no more calls for now. */
  PartnerAnswer usedUp();

  /** No token that was given out works any more; nothing, where there are none. */
  default void forgetTokens() {}

  /** Somebody there takes a field away. */
  default void drop(String field) {
    throw new UnsupportedOperationException(field);
  }
}
