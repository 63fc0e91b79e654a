package io.vestibule.staff.lookups;

import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Forms;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.CustomersByNumber;
import io.vestibule.keys.IdentityBinding;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.LookupKey;
import io.vestibule.keys.lookup.MakeLookups;
import io.vestibule.keys.lookup.Words;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Table;
import io.vestibule.store.Tables;
import io.vestibule.store.keys.BindingPass;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.CustomerRows;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.Lookups;
import java.time.Clock;
import java.util.Optional;

/** What LookupsFunction is made of, from its environment. */
record LookupsWiring(Service service, RunLookups runLookups) {

  private record Config(Service service, Tables tables, String keysetKeyArn) {

    static Config read(Env.Reader from) {
      return new Config(
          Service.read(from),
          Tables.read(
              from,
              Table.IDENTITIES,
              Table.CUSTOMERS,
              Table.ENTRIES,
              Table.LOOKUPS,
              Table.SYSTEM_KEYS),
          from.text("KEYSET_KEY_ARN"));
    }
  }

  static LookupsWiring of(Env env, Clock clock) {
    var config = env.read(Config::read);
    var tables = config.tables();
    var dynamoDb = AwsClients.dynamoDb(env);
    var keysetKey = KeysetKey.of(env, config.keysetKeyArn());
    var systemKeys = new SystemKeys(dynamoDb, tables.name(Table.SYSTEM_KEYS));
    var entries = new Entries(dynamoDb, tables.name(Table.ENTRIES));
    var lookups = new Lookups(dynamoDb, tables.name(Table.LOOKUPS));
    var identities = new Identities(dynamoDb, tables.name(Table.IDENTITIES));
    var customers =
        new CustomersByNumber(
            identities,
            new KnownCustomers(
                new CustomerRows(
                    dynamoDb, identities, new Customers(dynamoDb, tables.name(Table.CUSTOMERS))),
                new CustomerKeys(keysetKey),
                new IdentityBinding(
                    systemKeys,
                    new BindingPass(dynamoDb, tables.name(Table.SYSTEM_KEYS)),
                    keysetKey,
                    clock)));
    var words = Words.of(Optional.ofNullable(Business.load().country()));
    var make = new MakeLookups(new LookupKey(systemKeys, keysetKey, clock), new Forms(), words);
    return new LookupsWiring(
        config.service(),
        new RunLookups(
            entries, lookups, new MendLookups(entries, lookups, identities, customers, make)));
  }
}
