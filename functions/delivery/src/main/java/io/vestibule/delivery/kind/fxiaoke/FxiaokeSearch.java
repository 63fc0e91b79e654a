package io.vestibule.delivery.kind.fxiaoke;

import static io.vestibule.delivery.kind.crm.CrmRecord.Origin.FOUND;
import static io.vestibule.delivery.kind.crm.CrmRecord.Origin.MADE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.crm.CrmRecord;
import io.vestibule.delivery.kind.crm.Found;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds records, and looks at them. That there is none, only an empty list says, and no number. */
final class FxiaokeSearch {

  /** Where an address is, of leads, contacts and customers alike. */
  static final String EMAIL = "email";

  private static final String ID = "_id";
  private static final String LIFE = "life_status";
  private static final String INVALID = "invalid";
  private static final int MOST = 100;

  private final FxiaokeApi api;

  FxiaokeSearch(FxiaokeApi api) {
    this.api = api;
  }

  /** What a record is like. */
  sealed interface Seen {

    /** It is in use. */
    record Live(ObjectNode fields) implements Seen {}

    /** Somebody has thrown it away, and it is not gone for good. */
    record Invalid() implements Seen {}

    /** There is no such record, or none that is shown. */
    record Gone() implements Seen {}

    /** Nobody knows. */
    record Not(Answer answer) implements Seen {}
  }

  /** The record whose handle is kept; otherwise the one that has our key. */
  Found find(Order order, String customer) {
    return CrmRecord.known(order).<Found>map(Found.It::new).orElseGet(() -> byKey(order, customer));
  }

  /** The one that has our key. */
  Found byKey(Order order, String customer) {
    return byKey(order, customer, Set.of());
  }

  /**
   * One that has our key: nothing there keeps two from having it.
   *
   * @param known numbers of records that are left out
   */
  Found byKey(Order order, String customer, Set<String> known) {
    var key = FxiaokeApi.fxiaoke(order).key();
    return ofEverybody(
        query(
            order,
            key,
            List.of(customer),
            records ->
                first(
                    records,
                    MADE,
                    it ->
                        it.path(key).asText().equals(customer)
                            && !known.contains(it.path(ID).asText()))));
  }

  /** A key has nothing of a person: what is refused to one is refused to all. */
  private static Found ofEverybody(Found found) {
    return found instanceof Found.Not(Answer.Failed(var code, var _))
        ? new Found.Not(new Answer.Stopped(code))
        : found;
  }

  /**
   * One that sales made. What has a key of ours is of this person, and was looked for; or of
   * somebody who is erased, and goes with them.
   */
  Found byAddress(Order order, String address) {
    var key = FxiaokeApi.fxiaoke(order).key();
    return query(
        order,
        EMAIL,
        List.of(address),
        records ->
            first(
                records,
                FOUND,
                it ->
                    it.path(key).asText().isEmpty()
                        && !isInvalid(it)
                        && it.path(EMAIL).asText().equalsIgnoreCase(address)));
  }

  private Found query(
      Order order,
      String field,
      List<String> values,
      Function<List<JsonNode>, Optional<CrmRecord>> choice) {
    return switch (api.data(order, "query", question(order, field, values))) {
      case FxiaokeReply.Done(var body) when list(body).isPresent() ->
          choice
              .apply(list(body).get().valueStream().toList())
              .<Found>map(Found.It::new)
              .orElseGet(Found.Nobody::new);
      case FxiaokeReply.Done _ -> new Found.Not(Answer.later("fxiaoke-no-list"));
      case FxiaokeReply.Refused refused -> new Found.Not(refused.answer());
      case FxiaokeReply.Not(var answer) -> new Found.Not(answer);
    };
  }

  private static Optional<JsonNode> list(JsonNode body) {
    return Optional.of(body.path("data").path("dataList")).filter(JsonNode::isArray);
  }

  private static ObjectNode question(Order order, String field, List<String> values) {
    var fxiaoke = FxiaokeApi.fxiaoke(order);
    var body = JsonNodeFactory.instance.objectNode();
    var data = body.putObject("data").put("dataObjectApiName", fxiaoke.object());
    data.put("find_explicit_total_num", false);
    var query = data.putObject("search_query_info").put("limit", MOST).put("offset", 0);
    var filter = query.putArray("filters").addObject().put("field_name", field);
    values.forEach(filter.putArray("field_values")::add);
    filter.put("operator", "EQ");
    query.putArray("orders").addObject().put("fieldName", ID).put("isAsc", true);
    var columns = query.putArray("fieldProjection");
    Stream.of(ID, LIFE, EMAIL, fxiaoke.key()).forEach(columns::add);
    return body;
  }

  private static Optional<CrmRecord> first(
      List<JsonNode> records, CrmRecord.Origin origin, Predicate<JsonNode> isWanted) {
    return records.stream()
        .filter(isWanted)
        .flatMap(it -> CrmRecord.of(origin, it.path(ID).asText()).stream())
        .findFirst();
  }

  /** Looks at a record. */
  Seen look(Order order, CrmRecord record) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putObject("data")
        .put("dataObjectApiName", FxiaokeApi.fxiaoke(order).object())
        .put("objectDataId", record.id());
    return switch (api.data(order, "get", body)) {
      case FxiaokeReply.Done(var answer) -> seen(answer.path("data"));
      case FxiaokeReply.Refused refused when refused.isPerhapsOfTheRecord() ->
          isListed(order, record, refused);
      case FxiaokeReply.Refused refused -> new Seen.Not(refused.answer());
      case FxiaokeReply.Not(var answer) -> new Seen.Not(answer);
    };
  }

  private static Seen seen(JsonNode data) {
    if (data.path(ID).asText().isEmpty()) {
      return new Seen.Gone();
    }
    return isInvalid(data) ? new Seen.Invalid() : new Seen.Live(((ObjectNode) data).deepCopy());
  }

  private static boolean isInvalid(JsonNode record) {
    return record.path(LIFE).asText().equals(INVALID);
  }

  private Seen isListed(Order order, CrmRecord record, FxiaokeReply.Refused refused) {
    var listed =
        query(
            order,
            ID,
            List.of(record.id()),
            records ->
                first(records, record.origin(), it -> it.path(ID).asText().equals(record.id())));
    return switch (listed) {
      case Found.It _ -> new Seen.Not(refused.answer());
      case Found.Nobody() -> new Seen.Gone();
      case Found.Not(var answer) -> new Seen.Not(answer);
    };
  }
}
