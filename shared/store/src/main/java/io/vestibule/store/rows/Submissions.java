package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.Asked;
import io.vestibule.core.Choice;
import io.vestibule.core.DataRequest;
import io.vestibule.core.LinkToken;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.store.Attributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The table of submissions, or that of requests, as verification uses it: look at a row's link,
 * press the button, ask for another link. None of it reads what was sealed.
 */
public final class Submissions {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public Submissions(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * What the link of a submission is compared with.
   *
   * @param tokenHash absent until the first mail, and between two
   * @param asked what its page asks; absent on rows that were mailed before there was any
   * @param kind of a request: what its page is about. It decides nothing
   */
  public record Link(
      String form,
      Status status,
      Optional<byte[]> tokenHash,
      int linkNo,
      Optional<Instant> expiresAt,
      Optional<String> asked,
      Optional<DataRequest.Kind> kind) {

    /** Whether a deed is the one that was typed. */
    public boolean isTyped(DataRequest deed) {
      return asked.flatMap(Asked::parse).flatMap(Asked::deed).filter(deed::equals).isPresent();
    }
  }

  /** The link of a submission, as of now; empty if there is no such submission. */
  public Optional<Link> link(RowId id) {
    var columns = "#id, #form, #status, #tokenHash, #linkNo, #linkExpiresAt, #asked, #kind";
    var item =
        dynamoDb
            .getItem(
                get ->
                    get.tableName(table)
                        .key(key(id))
                        .consistentRead(true)
                        .projectionExpression(columns)
                        .expressionAttributeNames(Attributes.names(columns)))
            .item();
    return readLink(item);
  }

  /** Empty for no row, and for one that intake never wrote. */
  private static Optional<Link> readLink(Map<String, AttributeValue> item) {
    try {
      return Optional.of(
          new Link(
              text(item, "form").orElseThrow(),
              Status.valueOf(text(item, "status").orElseThrow()),
              bytes(item, "tokenHash"),
              number(item, "linkNo").orElseThrow(),
              time(item, "linkExpiresAt"),
              text(item, "asked"),
              text(item, "kind").flatMap(DataRequest.Kind::parse)));
    } catch (NoSuchElementException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Writes what the press of the button leaves: the proof, the choice, and VERIFIED, which never
   * expires. A row that asks nothing was mailed before there was a choice: it gets a proof that
   * confirms the address and the values, and no more.
   *
   * @return whether the link was alive; if not, somebody else may have pressed, or it ended
   */
  public boolean press(RowId id, Link link, LinkToken token, Choice choice, Instant now) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":hash", bytes(token.hash()));
    values.put(":linkNo", number(link.linkNo()));
    values.put(":now", time(now));
    link.asked()
        .ifPresentOrElse(
            asked -> {
              var chosen = choice.text();
              values.put(":proof", bytes(token.proof(id, link.linkNo(), asked, chosen)));
              values.put(":choice", text(chosen));
              if (choice instanceof Choice.Deed(var deed)) {
                values.put(":kind", text(deed.kind().code()));
              }
            },
            () -> values.put(":proof", bytes(token.proof(id, link.linkNo()))));
    return Transitions.PRESS.change(table, id, values).apply(dynamoDb);
  }

  /**
   * Asks the mailer for a new link. The one before it rests until the mailer has decided: if the
   * mailbox has had its mails for the day, it is put back.
   *
   * @return whether a link was waiting to be pressed
   */
  public boolean requestNewLink(RowId id, Instant now) {
    return Transitions.ASK_FOR_NEW_LINK
        .change(table, id, Map.of(":now", seconds(now)))
        .apply(dynamoDb);
  }

  public static Map<String, AttributeValue> key(RowId id) {
    return Map.of("id", text(id.value()));
  }
}
