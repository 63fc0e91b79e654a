package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;
import static java.util.Comparator.comparingInt;

import io.vestibule.core.Asked;
import io.vestibule.core.Choice;
import io.vestibule.core.DataRequest;
import io.vestibule.core.LinkToken;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.store.ColumnRead;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
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

  /** The id of a submission is no secret, so whoever knows it can ask; but not without end. */
  private static final int MOST_LINKS = 10;

  private static final Optional<Choice> DISOWNED = Optional.of(new Choice.Disowned());

  private final DynamoDbClient dynamoDb;
  private final String table;

  public Submissions(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * What the link of a submission is compared with.
   *
   * @param tokenHash absent until the first mail
   * @param endsAt until when the row waits to be confirmed; absent once it was
   * @param asked what its page asks; absent on rows that were mailed before there was any
   * @param links that were mailed, some of which may still live
   * @param kind of a request: what its page is about. It decides nothing
   * @param isDisowned whether its press said that its owner has handed nothing in. It decides
   *     nothing, either
   */
  public record Link(
      String form,
      Status status,
      Optional<byte[]> tokenHash,
      int linkNo,
      Optional<Instant> expiresAt,
      Optional<Instant> endsAt,
      Optional<String> asked,
      Optional<DataRequest.Kind> kind,
      boolean isDisowned,
      List<LiveLink> links) {

    /** The same, as the link of a token: its own number, hash and end. Empty if it has none. */
    public Optional<Link> of(LinkToken token) {
      return links.stream()
          .filter(it -> token.hashesTo(it.hash()))
          .max(comparingInt(LiveLink::number))
          .map(this::of)
          .or(() -> Optional.of(of()).filter(_ -> isNewest(token)));
    }

    private boolean isNewest(LinkToken token) {
      return tokenHash.filter(token::hashesTo).isPresent();
    }

    private Link of(LiveLink live) {
      return new Link(
          form,
          status,
          Optional.of(live.hash()),
          live.number(),
          Optional.of(live.expiresAt()),
          endsAt,
          asked,
          kind,
          isDisowned,
          List.of(live));
    }

    /** By the columns that rows have had before their links could live side by side. */
    private Link of() {
      return new Link(
          form, status, tokenHash, linkNo, expiresAt, endsAt, asked, kind, isDisowned, List.of());
    }

    /** Whether it is one of those that live side by side. */
    public boolean isLive() {
      return !links.isEmpty();
    }

    /** Whether a new one can be asked for now; of the whole row, not of one link. */
    public boolean canBeRenewed(Instant now) {
      return status == Status.MAILED && endsAt.filter(now::isBefore).isPresent() && !isFull(now);
    }

    /** Whether as many live as may, or as many were asked for. */
    private boolean isFull(Instant now) {
      return linkNo >= MOST_LINKS
          || links.stream().filter(it -> it.expiresAt().isAfter(now)).count() >= LiveLink.MOST;
    }

    /** Whether a deed is the one that was typed. */
    public boolean isTyped(DataRequest deed) {
      return asked.flatMap(Asked::parse).flatMap(Asked::deed).filter(deed::equals).isPresent();
    }
  }

  /** The link of a submission, as of now; empty if there is no such submission. */
  public Optional<Link> link(RowId id) {
    var columns =
        "#id, #form, #status, #tokenHash, #linkNo, #linkExpiresAt, #expiresAt, #asked, #kind, #choice, #links";
    return readLink(new ColumnRead(dynamoDb, table, "id", columns).row(id.value()));
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
              seconds(item, "expiresAt"),
              text(item, "asked"),
              text(item, "kind").flatMap(DataRequest.Kind::parse),
              text(item, "choice").flatMap(Choice::parse).equals(DISOWNED),
              LiveLink.read(item)));
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
    link.links().forEach(live -> values.put(":link", live.value()));
    var press = link.isLive() ? Transitions.PRESS_LIVE : Transitions.PRESS;
    return press.change(table, id, values).apply(dynamoDb);
  }

  /**
   * Asks the mailer for a new link, unless as many live as may. Those that were mailed live on.
   *
   * @param link of the row, as it was read
   * @return whether a link was waiting to be pressed
   */
  public boolean requestNewLink(RowId id, Link link, Instant now) {
    return !link.isFull(now)
        && Transitions.ASK_FOR_NEW_LINK
            .change(table, id, Map.of(":now", seconds(now), ":linkNo", number(link.linkNo())))
            .apply(dynamoDb);
  }

  public static Map<String, AttributeValue> key(RowId id) {
    return Map.of("id", text(id.value()));
  }
}
