package io.vestibule.backup.drill;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.vestibule.backup.Parallel;
import io.vestibule.backup.ReadBudget;
import io.vestibule.backup.drill.Orphans.Side;
import io.vestibule.core.Deadline;
import io.vestibule.core.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Looks for identities without their customer, and for customers without an identity, by their
 * numbers alone. In memory are 8 bytes for each identity, and no more of the customers than a page.
 *
 * <p>Customers come and go while it reads. So whatever seems to be an orphan is looked at once
 * more, a minute after both tables have been read.
 */
final class FindOrphans {

  /** The index of identities by the numbers of customers, which holds no key. */
  private static final String BY_CUSTOMER = "byCustomer";

  /**
   * After this time, every function that was storing or erasing has ended, and the index knows of
   * it.
   */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private static final Duration STEP = Duration.ofSeconds(1);

  /** If there are more, and most of these remain, a table was lost. */
  private static final int MOST_LOOKED_AT = 1_000;

  /** How many numbers a report names. */
  private static final int MOST_NAMED = 100;

  private static final int WIDTH = 8;

  private final DynamoDbClient dynamoDb;
  private final String identities;
  private final String customers;
  private final int unitsPerSecond;
  private final Pause pause;

  /**
   * Prepares it.
   *
   * @param unitsPerSecond how many read units it may take from either table
   * @param pause how it waits for what is being stored or erased
   */
  FindOrphans(
      DynamoDbClient dynamoDb,
      String identities,
      String customers,
      int unitsPerSecond,
      Pause pause) {
    this.dynamoDb = dynamoDb;
    this.identities = identities;
    this.customers = customers;
    this.unitsPerSecond = unitsPerSecond;
    this.pause = pause;
  }

  /** Counts them, if that can be done in time. */
  Orphans run(Deadline deadline) {
    var known =
        new Fingerprints(
            identities().read(deadline, Fingerprints::of).stream().flatMapToLong(LongStream::of));
    var withoutIdentity = new Candidates();
    read(customers(), deadline, number -> !known.meet(number), withoutIdentity);
    var withoutCustomer = new Candidates();
    if (!known.isAllMet()) {
      read(identities(), deadline, known::waitsFor, withoutCustomer);
    }
    if (!withoutCustomer.isEmpty() || !withoutIdentity.isEmpty()) {
      settle(deadline);
    }
    return deadline.isOver()
        ? Orphans.NOT_COUNTED
        : new Orphans(
            true,
            withoutCustomer.stillThere(number -> !hasCustomer(number) && hasIdentity(number)),
            withoutIdentity.stillThere(number -> !hasIdentity(number) && hasCustomer(number)));
  }

  /** In steps: the deadline is not to be overslept. */
  private void settle(Deadline deadline) {
    for (var time = SETTLED; time.isPositive() && !deadline.isOver(); time = time.minus(STEP)) {
      pause.rest(STEP);
    }
  }

  private Numbers identities() {
    return new Numbers(dynamoDb, identities, BY_CUSTOMER, budget());
  }

  private Numbers customers() {
    return new Numbers(dynamoDb, customers, null, budget());
  }

  private ReadBudget budget() {
    return new ReadBudget(unitsPerSecond, Pause.REAL);
  }

  private static void read(
      Numbers numbers, Deadline deadline, Predicate<String> isOrphan, Candidates candidates) {
    var _ =
        numbers.read(
            deadline,
            part -> {
              part.filter(isOrphan).forEach(candidates::add);
              return candidates;
            });
  }

  /** Numbers that seemed to be orphans while the tables were read. */
  private static final class Candidates {

    private final List<String> first = new ArrayList<>();
    private long count;

    synchronized void add(String number) {
      count += 1;
      if (first.size() < MOST_LOOKED_AT) {
        first.add(number);
      }
    }

    synchronized boolean isEmpty() {
      return first.isEmpty();
    }

    /** Candidates that were not looked at again are judged like the majority of those that were. */
    Side stillThere(Predicate<String> isOrphan) {
      List<Callable<Stream<String>>> looks =
          first.stream()
              .<Callable<Stream<String>>>map(
                  number -> () -> isOrphan.test(number) ? Stream.of(number) : Stream.empty())
              .toList();
      List<String> orphans = Parallel.all(WIDTH, looks).stream().flatMap(number -> number).toList();
      boolean mostRemain = 2 * orphans.size() > first.size();
      long others = mostRemain ? count - first.size() : 0;
      return new Side(orphans.size() + others, orphans.stream().limit(MOST_NAMED).toList());
    }
  }

  private boolean hasCustomer(String number) {
    return dynamoDb
        .getItem(
            get ->
                get.tableName(customers)
                    .key(Map.of("customerId", fromS(number)))
                    .projectionExpression("customerId")
                    .consistentRead(true))
        .hasItem();
  }

  private boolean hasIdentity(String number) {
    return !dynamoDb
        .query(
            query ->
                query
                    .tableName(identities)
                    .indexName(BY_CUSTOMER)
                    .projectionExpression("emailIndex")
                    .keyConditionExpression("customerId = :number")
                    .expressionAttributeValues(Map.of(":number", fromS(number))))
        .items()
        .isEmpty();
  }
}
