package io.vestibule.deletion;

import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Forms;
import io.vestibule.deletion.bind.BindIdentities;
import io.vestibule.deletion.bind.RunBinding;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.IdentityBinding;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.RecordOwner;
import io.vestibule.keys.SyntheticEntries;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Table;
import io.vestibule.store.Tables;
import io.vestibule.store.audit.AuditLog;
import io.vestibule.store.keys.BindingPass;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.CustomerRows;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.UnboundIdentities;
import java.time.Clock;

/** What BindingFunction is made of, from its environment. */
final class BindingWiring {

  final Service service;
  final RunBinding runBinding;

  private static final class Settings {

    final Service service;
    final Tables tables;
    final String keysetKeyArn;

    Settings(Env.Reader from) {
      service = Service.read(from);
      tables =
          Tables.read(
              from,
              Table.IDENTITIES,
              Table.CUSTOMERS,
              Table.ENTRIES,
              Table.AUDIT,
              Table.SYSTEM_KEYS);
      keysetKeyArn = from.text("KEYSET_KEY_ARN");
    }
  }

  BindingWiring(Env env, Clock clock) {
    var settings = env.read(Settings::new);
    service = settings.service;
    var tables = settings.tables;
    var dynamoDb = AwsClients.dynamoDb(env);
    var keysetKey = KeysetKey.of(env, settings.keysetKeyArn);

    var systemKeys = new SystemKeys(dynamoDb, tables.name(Table.SYSTEM_KEYS));
    var pass = new BindingPass(dynamoDb, tables.name(Table.SYSTEM_KEYS));
    var identities = new Identities(dynamoDb, tables.name(Table.IDENTITIES));
    var entries = new Entries(dynamoDb, tables.name(Table.ENTRIES));
    var forms = new Forms();
    var customers =
        new KnownCustomers(
            new CustomerRows(
                dynamoDb, identities, new Customers(dynamoDb, tables.name(Table.CUSTOMERS))),
            new CustomerKeys(keysetKey),
            new IdentityBinding(systemKeys, pass, keysetKey, clock),
            new RecordOwner(new EmailIndex(systemKeys, keysetKey, clock), forms));
    runBinding =
        new RunBinding(
            dynamoDb,
            pass,
            new BindIdentities(
                new UnboundIdentities(dynamoDb, tables.name(Table.IDENTITIES), entries),
                customers,
                new SyntheticEntries(entries, forms),
                clock),
            new AuditLog(dynamoDb, tables.name(Table.AUDIT)),
            clock);
  }
}
