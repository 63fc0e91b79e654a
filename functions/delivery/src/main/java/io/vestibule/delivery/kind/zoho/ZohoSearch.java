package io.vestibule.delivery.kind.zoho;

import static io.vestibule.delivery.kind.crm.CrmRecord.Origin.CONVERTED;
import static io.vestibule.delivery.kind.crm.CrmRecord.Origin.FOUND;
import static io.vestibule.delivery.kind.crm.CrmRecord.Origin.MADE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.targets.Zoho;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.crm.CrmRecord;
import io.vestibule.delivery.kind.crm.Found;
import java.net.URLEncoder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds records. That there is none, only an empty list says, and no error. */
final class ZohoSearch {

  /** Of two hundred each: the newest come first. */
  private static final int MOST_PAGES = 5;

  private final ZohoApi api;

  ZohoSearch(ZohoApi api) {
    this.api = api;
  }

  /** The record whose handle is kept; otherwise the one that has our key. */
  Found find(Order order, String customer) {
    return CrmRecord.known(order)
        .<Found>map(Found.It::new)
        .orElseGet(() -> byKey(order, zoho(order).module(), MADE, customer));
  }

  /**
   * Ours, or one that sales made. What has another key of ours is of somebody who is erased, and
   * goes with them.
   */
  Found byAddress(Order order, String customer, String address) {
    var key = zoho(order).key();
    var query = "/search?email=" + encoded(address) + "&fields=Email," + key;
    return of(
        api.get(order, zoho(order).module().apiName() + query),
        records ->
            first(records, MADE, it -> text(it, key).equals(customer))
                .or(
                    () ->
                        first(
                            records,
                            FOUND,
                            it ->
                                text(it, key).isEmpty()
                                    && text(it, "Email").equalsIgnoreCase(address))));
  }

  private Found byKey(Order order, Zoho.Module module, CrmRecord.Origin origin, String customer) {
    var key = zoho(order).key();
    var criteria = encoded("(%s:equals:%s)".formatted(key, customer));
    return of(
        api.get(order, module.apiName() + "/search?criteria=" + criteria + "&fields=" + key),
        records -> first(records, origin, it -> text(it, key).equals(customer)));
  }

  /** The contact that a lead of ours became; no layout needs to take our key along. */
  Found converted(Order order, String customer) {
    if (zoho(order).module() != Zoho.Module.LEADS) {
      return new Found.Nobody();
    }
    return switch (api.fields(order, Zoho.Module.CONTACTS.apiName())) {
      case ZohoReply.Done done ->
          names(done.body()).contains(zoho(order).key())
              ? byKey(order, Zoho.Module.CONTACTS, CONVERTED, customer)
              : new Found.Nobody();
      case ZohoReply.Nothing _ -> new Found.Nobody();
      case ZohoReply.Refused(var code, var _) when code.equals("INVALID_MODULE") ->
          new Found.Nobody();
      case ZohoReply.Refused refused -> new Found.Not(refused.answer());
      case ZohoReply.Not(var answer) -> new Found.Not(answer);
    };
  }

  /** Whether a module has no such field any more: what stood in it is gone. */
  boolean lacks(Order order, CrmRecord record, String field) {
    if (!(api.fields(order, module(order, record)) instanceof ZohoReply.Done done)) {
      return false;
    }
    var names = names(done.body());
    return names.contains(Zoho.NEEDED) && !names.contains(field);
  }

  /** Whether a record is there, outside the recycle bin. */
  Found live(Order order, CrmRecord record) {
    return of(api.get(order, path(order, record) + "?fields=Last_Name"), _ -> Optional.of(record));
  }

  /**
   * Whether a record is among those that were deleted.
   *
   * @param type {@code recycle}, or {@code permanent}: these are listed without names
   */
  Found deleted(Order order, CrmRecord record, String type) {
    Found found = new Found.Nobody();
    boolean isMore = true;
    for (int page = 1; isMore && page <= MOST_PAGES; page++) {
      var reply =
          api.get(
              order,
              "%s/deleted?type=%s&per_page=200&page=%d"
                  .formatted(module(order, record), type, page));
      found = of(reply, records -> first(records, record.origin(), it -> isIt(it, record)));
      isMore =
          found instanceof Found.Nobody
              && reply instanceof ZohoReply.Done done
              && done.body().path("info").path("more_records").asBoolean();
    }
    return isMore ? new Found.Not(Answer.later("zoho-too-many-deleted")) : found;
  }

  private static boolean isIt(JsonNode json, CrmRecord record) {
    return text(json, "id").equals(record.id());
  }

  private interface Choice {
    Optional<CrmRecord> of(List<JsonNode> records);
  }

  private static Found of(ZohoReply reply, Choice choice) {
    return switch (reply) {
      case ZohoReply.Done done ->
          choice
              .of(done.body().path("data").valueStream().toList())
              .<Found>map(Found.It::new)
              .orElseGet(Found.Nobody::new);
      case ZohoReply.Nothing _ -> new Found.Nobody();
      case ZohoReply.Refused refused -> new Found.Not(refused.answer());
      case ZohoReply.Not(var answer) -> new Found.Not(answer);
    };
  }

  private static Optional<CrmRecord> first(
      List<JsonNode> records, CrmRecord.Origin origin, Predicate<JsonNode> isWanted) {
    return records.stream()
        .filter(isWanted)
        .flatMap(it -> CrmRecord.of(origin, text(it, "id")).stream())
        .findFirst();
  }

  /** The API names of the fields that a module has. */
  static Set<String> names(JsonNode fields) {
    return fields
        .path("fields")
        .valueStream()
        .map(it -> text(it, "api_name"))
        .collect(toUnmodifiableSet());
  }

  private static String text(JsonNode json, String member) {
    return Objects.requireNonNullElse(json.path(member).textValue(), "");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  static String module(Order order, CrmRecord record) {
    return record.origin() == CONVERTED
        ? Zoho.Module.CONTACTS.apiName()
        : zoho(order).module().apiName();
  }

  static String path(Order order, CrmRecord record) {
    return module(order, record) + "/" + record.id();
  }

  static Zoho zoho(Order order) {
    return Objects.requireNonNull(order.target().zoho());
  }
}
