package io.vestibule.backup.restore;

import io.vestibule.backup.Backup;
import io.vestibule.backup.Bucket;
import io.vestibule.backup.Kind;
import io.vestibule.store.Tables;
import io.vestibule.store.people.Entries;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Finds the tables that an order names, the live ones or new ones, or makes them. */
final class FindPlaces {

  private final DynamoDbClient dynamoDb;
  private final Tables tables;
  private final Bucket bucket;
  private final NewTables newTables;
  private final Clock clock;

  FindPlaces(
      DynamoDbClient dynamoDb, Tables tables, Bucket bucket, NewTables newTables, Clock clock) {
    this.dynamoDb = dynamoDb;
    this.tables = tables;
    this.bucket = bucket;
    this.newTables = newTables;
    this.clock = clock;
  }

  /** To look at only: new tables need not be there. */
  Places toLookAt(Backup backup, RestoreOrder.Customers order) {
    var customers = target(order, Kind.CUSTOMERS);
    var entries = backup.find(Kind.ENTRIES).map(_ -> entries(order));
    return new Places(
        new Place(customers, RestoreProgress.NONE),
        entries.map(target -> new Place(target, RestoreProgress.NONE)));
  }

  /** To write to; new tables are made if they are not there. */
  Places toWriteTo(Backup backup, RestoreOrder.Customers order) {
    var target = make(order, Kind.CUSTOMERS);
    var progress =
        new KeptProgress(bucket, backup.backup(), described(order, Kind.CUSTOMERS), clock);
    var entries =
        backup
            .find(Kind.ENTRIES)
            .map(
                _ -> {
                  var _ = make(order, Kind.ENTRIES);
                  var described = described(order, Kind.ENTRIES);
                  return new Place(entries(order), progress.followedBy(described));
                });
    return new Places(new Place(target, progress), entries);
  }

  private Target make(RestoreOrder.Customers order, Kind kind) {
    return order
        .into()
        .map(_ -> newTables.create(name(order, kind), kind))
        .orElseGet(() -> target(order, kind));
  }

  private Target entries(RestoreOrder.Customers order) {
    return new Target.OfEntries(
        target(order, Kind.ENTRIES), new Entries(dynamoDb, name(order, Kind.ENTRIES)));
  }

  private Target target(RestoreOrder.Customers order, Kind kind) {
    String name = name(order, kind);
    return order.into().isPresent()
        ? new Target.NewTable(dynamoDb, name)
        : new Target.LiveTable(dynamoDb, name);
  }

  private TableDescription described(RestoreOrder.Customers order, Kind kind) {
    return dynamoDb.describeTable(of -> of.tableName(name(order, kind))).table();
  }

  private String name(RestoreOrder.Customers order, Kind kind) {
    Optional<String> ofNew = kind == Kind.ENTRIES ? order.intoEntries() : order.into();
    return ofNew.orElseGet(() -> tables.name(kind.table()));
  }
}
