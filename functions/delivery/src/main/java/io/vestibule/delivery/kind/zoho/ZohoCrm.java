package io.vestibule.delivery.kind.zoho;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.targets.Target;
import io.vestibule.core.targets.Zoho;
import io.vestibule.delivery.egress.Egress;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Erasure;
import io.vestibule.delivery.kind.Kind;
import io.vestibule.delivery.kind.Message;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.Withdrawal;
import io.vestibule.delivery.secrets.LaneTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Makes a record of each person in Zoho CRM, and changes it with each further message. A record is
 * found again by a unique field of theirs that holds the person's name outside, so a call whose
 * answer was lost can be made again. One that sales had before is found by its address.
 */
public final class ZohoCrm implements Kind {

  private static final String EMAIL = "Email";
  private static final String LAST_NAME = "Last_Name";

  /** What stands for a name where one is needed. */
  private static final String NOBODY = "-";

  /** Zoho tells seconds only, and its clock is not ours. */
  private static final Duration CLOCKS_APART = Duration.ofSeconds(2);

  private final ZohoApi api;

  public ZohoCrm(Egress egress, LaneTokens tokens) {
    this.api = new ZohoApi(egress, new ZohoTokens(egress, tokens));
  }

  @Override
  public Answer send(Order order, List<Message> messages) {
    var message = messages.getFirst();
    var zoho = zoho(order.target());
    var record = JsonNodeFactory.instance.objectNode();
    zoho.constants().forEach(record::put);
    message.fields().forEach(field -> record.set(field.name(), field.value()));
    record.put(zoho.key(), message.customer());
    return switch (upsert(order, record, record.has(EMAIL))) {
      case ZohoReply.Done _ -> Answer.taken();
      case ZohoReply.Refused refused -> refused.answer();
      case ZohoReply.Not(var answer) -> answer;
    };
  }

  /** Of those who find nobody Zoho would make a record, if it had the fields that it needs. */
  @Override
  public Answer unsubscribe(Order order, Withdrawal withdrawal) {
    var record =
        JsonNodeFactory.instance
            .objectNode()
            .put(zoho(order.target()).key(), withdrawal.customer())
            .put("Email_Opt_Out", true);
    return switch (upsert(order, record, false)) {
      case ZohoReply.Done _ -> Answer.taken();
      case ZohoReply.Refused refused ->
          refused.isForWantOfARecord() ? Answer.taken() : refused.answer();
      case ZohoReply.Not(var answer) -> answer;
    };
  }

  /**
   * Empties the record first: who dies after it is deleted leaves an empty one in the recycle bin.
   * What sales had before stays there without what came from us, with a task for them.
   */
  @Override
  public Answer erase(Order order, Erasure erasure) {
    var key = zoho(order.target()).key();
    var probe = JsonNodeFactory.instance.objectNode().put(key, erasure.customer());
    return switch (upsert(order, probe, false)) {
      case ZohoReply.Done done -> erase(order, erasure, done);
      case ZohoReply.Refused refused ->
          refused.isForWantOfARecord() ? Answer.taken() : refused.answer();
      case ZohoReply.Not(var answer) -> answer;
    };
  }

  private Answer erase(Order order, Erasure erasure, ZohoReply.Done found) {
    var id = found.details().path("id").asText();
    if (!id.matches("[0-9]{1,30}")) {
      return Answer.later("no-id");
    }
    boolean isOurs =
        erasure.wanted() == Target.OnErase.DELETE
            && (found.action().equals("insert") || isMadeSince(found, erasure.since()));
    var emptied = first(empty(order, id));
    if (isOurs) {
      return delete(order, id);
    }
    return emptied.orElseGet(() -> leave(order, id));
  }

  /** Whoever made a record before we told anybody of the person did not make it for us. */
  private static boolean isMadeSince(ZohoReply.Done found, Optional<Instant> since) {
    try {
      var made = OffsetDateTime.parse(found.details().path("Created_Time").asText()).toInstant();
      return since
          .filter(it -> !made.isBefore(it.truncatedTo(ChronoUnit.SECONDS).minus(CLOCKS_APART)))
          .isPresent();
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /** What no record can be without keeps what it has where no field fills it. */
  private ZohoReply empty(Order order, String id) {
    var constants = zoho(order.target()).constants();
    var record = JsonNodeFactory.instance.objectNode();
    for (String field : new TreeSet<>(order.target().fields().values())) {
      record.put(field, constants.getOrDefault(field, field.equals(LAST_NAME) ? NOBODY : null));
    }
    return api.put(order, module(order) + "/" + id, data(record));
  }

  private Answer delete(Order order, String id) {
    return first(api.delete(order, module(order) + "/" + id))
        .or(() -> first(api.delete(order, "settings/recycle_bin/" + id)))
        .orElseGet(() -> proof(order, id));
  }

  /** Zoho lists what is gone for good, without names. */
  private Answer proof(Order order, String id) {
    return switch (api.get(order, module(order) + "/deleted?type=permanent")) {
      case ZohoReply.Done done ->
          done.body().path("data").valueStream().anyMatch(it -> it.path("id").asText().equals(id))
              ? Answer.taken()
              : Answer.later("zoho-not-yet-permanent");
      case ZohoReply.Refused refused -> refused.answer();
      case ZohoReply.Not(var answer) ->
          answer instanceof Answer.Taken ? Answer.later("zoho-not-yet-permanent") : answer;
    };
  }

  /** The key goes last: by it the record is found again until all else is done. */
  private Answer leave(Order order, String id) {
    var task =
        JsonNodeFactory.instance
            .objectNode()
            .put("Subject", "Erased at the person's wish: may you keep this record?")
            .put("$se_module", module(order));
    task.putObject("What_Id").put("id", id);
    var unlinked = JsonNodeFactory.instance.objectNode().putNull(zoho(order.target()).key());
    return first(api.post(order, "Tasks", data(task)))
        .or(() -> first(api.put(order, module(order) + "/" + id, data(unlinked))))
        .orElseGet(Answer::taken);
  }

  /** The fields that the module has are all that can be asked without touching anybody. */
  @Override
  public List<String> check(Order order) {
    return switch (api.fields(order, module(order))) {
      case ZohoReply.Done done -> missing(order, done.body());
      case ZohoReply.Refused(var code, var _) -> List.of(ZohoAdvice.of(code));
      case ZohoReply.Not(var answer) -> List.of(ZohoAdvice.of(answer));
    };
  }

  private static List<String> missing(Order order, JsonNode fields) {
    var there =
        fields
            .path("fields")
            .valueStream()
            .map(it -> it.path("api_name").asText())
            .collect(toUnmodifiableSet());
    var zoho = zoho(order.target());
    var needed = new TreeSet<>(order.target().fields().values());
    needed.addAll(zoho.constants().keySet());
    needed.add(zoho.key());
    return needed.stream()
        .filter(not(there::contains))
        .map(it -> ZohoAdvice.missing(zoho, it))
        .toList();
  }

  /** What is against going on; empty if nothing is. */
  private static Optional<Answer> first(ZohoReply reply) {
    return switch (reply) {
      case ZohoReply.Done _ -> Optional.empty();
      case ZohoReply.Refused refused -> Optional.of(refused.answer());
      case ZohoReply.Not(var answer) ->
          answer instanceof Answer.Taken
              ? Optional.of(Answer.later("no-json"))
              : Optional.of(answer);
    };
  }

  private ZohoReply upsert(Order order, ObjectNode record, boolean byAddress) {
    var body = data(record);
    var by = body.putArray("duplicate_check_fields").add(zoho(order.target()).key());
    if (byAddress) {
      by.add(EMAIL);
    }
    return api.post(order, module(order) + "/upsert", body);
  }

  /** Nothing is set off in Zoho by what we write. */
  private static ObjectNode data(JsonNode record) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putArray("data").add(record);
    body.putArray("trigger");
    return body;
  }

  private static String module(Order order) {
    return zoho(order.target()).module().apiName();
  }

  private static Zoho zoho(Target target) {
    return Objects.requireNonNull(target.zoho());
  }
}
