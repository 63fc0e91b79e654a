package io.vestibule.staff;

import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.wording.Wordings;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.CustomersByNumber;
import io.vestibule.keys.IdentityBinding;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.KnownNotes;
import io.vestibule.keys.SessionSeal;
import io.vestibule.staff.customer.AddNote;
import io.vestibule.staff.customer.Dealings;
import io.vestibule.staff.customer.OpenCustomer;
import io.vestibule.staff.customer.OrderHold;
import io.vestibule.staff.entry.LookLimit;
import io.vestibule.staff.entry.MoveEntry;
import io.vestibule.staff.entry.OpenEntry;
import io.vestibule.staff.orders.Orders;
import io.vestibule.staff.page.CustomerWords;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Roles;
import io.vestibule.staff.session.IdTokens;
import io.vestibule.staff.session.IssuerKeys;
import io.vestibule.staff.session.Sessions;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Table;
import io.vestibule.store.Tables;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.keys.BindingPass;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.CustomerRows;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.Notes;
import io.vestibule.store.people.Recipients;
import io.vestibule.web.Languages;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** What StaffFunction is made of, from its environment. */
record StaffWiring(Service service, BeginSession beginSession, StaffRoutes routes) {

  private record Config(
      Service service,
      Tables tables,
      String keysetKeyArn,
      String url,
      String issuer,
      String client,
      String rolesClaim,
      String deletion) {

    static Config read(Env.Reader from) {
      return new Config(
          Service.read(from),
          Tables.read(
              from,
              Table.IDENTITIES,
              Table.CUSTOMERS,
              Table.ENTRIES,
              Table.RECIPIENTS,
              Table.NOTES,
              Table.AUDIT,
              Table.SYSTEM_KEYS),
          from.text("KEYSET_KEY_ARN"),
          from.text("STAFF_URL"),
          from.text("STAFF_ISSUER"),
          from.text("STAFF_CLIENT_ID"),
          from.text("STAFF_ROLES_CLAIM"),
          from.text("DELETION_FUNCTION"));
    }
  }

  static StaffWiring of(Env env, Clock clock) {
    var config = env.read(Config::read);
    var tables = config.tables();
    var dynamoDb = AwsClients.dynamoDb(env);
    var keysetKey = KeysetKey.of(env, config.keysetKeyArn());
    var systemKeys = new SystemKeys(dynamoDb, tables.name(Table.SYSTEM_KEYS));
    var entries = new Entries(dynamoDb, tables.name(Table.ENTRIES));
    var forms = new Forms();
    var roles = Roles.load();
    var audit = new StaffAudit(dynamoDb, tables.name(Table.AUDIT), roles.namesInCopies());
    var pages = new StaffPages(Business.load(), new Languages(new Wordings()));
    var sessions =
        new Sessions(
            new SessionSeal(systemKeys, keysetKey, clock),
            audit,
            config.issuer(),
            new SecureRandom(),
            clock);
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
    var idTokens =
        new IdTokens(
            config.issuer(),
            config.client(),
            config.rolesClaim(),
            new IssuerKeys(config.issuer()),
            clock);
    var holds = new Orders(Orders.client(env), config.deletion());
    var notes = new Notes(dynamoDb, identities, tables.name(Table.NOTES));
    var limit = new LookLimit(roles.opensPerDay(), audit, clock);
    var dealings =
        new Dealings(
            new Recipients(dynamoDb, identities, tables.name(Table.RECIPIENTS)),
            audit,
            new KnownNotes(notes));
    return new StaffWiring(
        config.service(),
        new BeginSession(idTokens, roles, sessions, pages),
        new StaffRoutes(
            sessions,
            roles,
            pages,
            new Posts(config.url()),
            List.of(
                new Today(entries, pages),
                new Lists(entries, audit, forms, pages, clock),
                new EntryPage(
                    new OpenEntry(forms, limit, entries, customers, audit, clock),
                    new MoveEntry(entries, audit, clock),
                    forms,
                    pages),
                new CustomerPage(
                    new OpenCustomer(forms, entries, customers, dealings, limit, audit, clock),
                    new CustomerDeeds(
                        new OrderHold(holds, customers, audit, clock),
                        new AddNote(notes, customers, audit, clock),
                        pages,
                        new SecureRandom()),
                    new CustomerWords(forms),
                    pages))));
  }
}
