package io.vestibule.local.partners;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An account of Mailchimp, Marketing API 3.0, with one audience, for the operations that this
 * project calls. Where Mailchimp's papers are silent, the stricter reading counts.
 *
 * @see <a href="https://mailchimp.com/developer/marketing/api/">API reference</a>
 */
public final class MailchimpAccount {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int MOST_AT_ONCE = 10;

  private final String key;
  private final String audience;
  private final MailchimpMembers members;
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger busy = new AtomicInteger();

  public MailchimpAccount(String key, String audience, Clock clock) {
    this.key = key;
    this.audience = audience;
    this.members = new MailchimpMembers(Set.of("FNAME", "LNAME", "MESSAGE"), clock);
  }

  /** So many calls are answered as under load: 403, and not a word. */
  public void beBusy(int calls) {
    busy.set(calls);
  }

  /** The members that there are, the archived ones too. */
  public synchronized List<JsonNode> members() {
    return members.all();
  }

  /** Marketing adds somebody. */
  public synchronized void add(String address, String firstName) {
    var values =
        JsonNodeFactory.instance
            .objectNode()
            .put("email_address", address)
            .put("status_if_new", "subscribed");
    values.putObject("merge_fields").put("FNAME", firstName).put("LNAME", "Marketing's");
    try {
      members.put(MailchimpMembers.hash(address), values, true);
    } catch (MailchimpRefusal e) {
      throw new IllegalArgumentException("no member as Mailchimp wants it", e);
    }
  }

  /** Somebody follows the link in a mail, or marketing changes their status. */
  public synchronized void set(String address, String status) {
    try {
      members.find(MailchimpMembers.hash(address)).put("status", status);
    } catch (MailchimpRefusal e) {
      throw new IllegalArgumentException("there is no such member", e);
    }
  }

  /** Somebody changes their address there. */
  public synchronized void move(String address, String other) {
    try {
      members.move(MailchimpMembers.hash(address), other);
    } catch (MailchimpRefusal e) {
      throw new IllegalArgumentException("there is no such member", e);
    }
  }

  /** Answers a call. */
  public PartnerAnswer answer(PartnerCall call) {
    try {
      return underWay.incrementAndGet() > MOST_AT_ONCE
          ? new MailchimpRefusal(429, "Too Many Requests").answer()
          : one(call);
    } finally {
      underWay.decrementAndGet();
    }
  }

  private synchronized PartnerAnswer one(PartnerCall call) {
    if (busy.getAndUpdate(it -> Math.max(0, it - 1)) > 0) {
      return PartnerAnswer.empty(403);
    }
    try {
      if (!isKnown(call.header("authorization"))) {
        throw new MailchimpRefusal(401, "API Key Invalid");
      }
      return route(call, call.path().split("/", -1));
    } catch (MailchimpRefusal e) {
      return e.answer();
    }
  }

  /** Basic, with any name; or the key as a token. */
  private boolean isKnown(String header) {
    if (header.equals("Bearer " + key)) {
      return true;
    }
    return header.startsWith("Basic ")
        && new String(Base64.getDecoder().decode(header.substring("Basic ".length())), UTF_8)
            .endsWith(":" + key);
  }

  /** {@code /3.0/lists/<audience>/members/<hash>/…}. */
  private PartnerAnswer route(PartnerCall call, String[] parts) throws MailchimpRefusal {
    if (parts.length < 4 || !call.path().startsWith("/3.0/lists/") || !parts[3].equals(audience)) {
      throw new MailchimpRefusal(404, "Resource Not Found");
    }
    var what = parts.length > 4 ? parts[4] : "";
    return switch (what) {
      case "" -> PartnerAnswer.of(OK, JsonNodeFactory.instance.objectNode().put("id", audience));
      case "merge-fields" -> PartnerAnswer.of(OK, fields());
      case "members" -> member(call, parts);
      default -> throw new MailchimpRefusal(404, "Resource Not Found");
    };
  }

  private ObjectNode fields() {
    var json = JsonNodeFactory.instance.objectNode();
    members.fields().forEach(it -> json.withArray("/merge_fields").addObject().put("tag", it));
    return json;
  }

  private PartnerAnswer member(PartnerCall call, String[] parts) throws MailchimpRefusal {
    if (parts.length < 6 || !parts[5].matches("[0-9a-f]{32}")) {
      throw new MailchimpRefusal(404, "Resource Not Found");
    }
    var deed = String.join("/", List.of(parts).subList(6, parts.length));
    return switch (call.method() + " " + deed) {
      case "GET " -> PartnerAnswer.of(OK, members.find(parts[5]));
      case "PUT " -> {
        boolean isLenient = "true".equals(call.parameters().get("skip_merge_validation"));
        yield PartnerAnswer.of(OK, members.put(parts[5], body(call), isLenient));
      }
      case "PATCH " -> PartnerAnswer.of(OK, members.patch(parts[5], body(call)));
      case "DELETE " -> {
        members.archive(parts[5]);
        yield PartnerAnswer.empty(NO_CONTENT);
      }
      case "POST tags" -> {
        members.tag(parts[5], body(call).path("tags"));
        yield PartnerAnswer.empty(NO_CONTENT);
      }
      case "POST actions/delete-permanent" -> {
        members.forget(parts[5]);
        yield PartnerAnswer.empty(NO_CONTENT);
      }
      default -> throw new MailchimpRefusal(405, "Method Not Allowed");
    };
  }

  private static JsonNode body(PartnerCall call) throws MailchimpRefusal {
    try {
      JsonNode body = JSON.readTree(call.body());
      if (body.isObject() && call.header("content-type").startsWith("application/json")) {
        return body;
      }
    } catch (IOException e) {
      // As for anything else that is no JSON.
    }
    throw new MailchimpRefusal(400, "Bad Request");
  }
}
