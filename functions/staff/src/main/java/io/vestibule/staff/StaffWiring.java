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
import io.vestibule.keys.LookupKey;
import io.vestibule.keys.SessionSeal;
import io.vestibule.keys.lookup.Words;
import io.vestibule.staff.entry.MoveEntry;
import io.vestibule.staff.entry.OpenEntry;
import io.vestibule.staff.list.Cards;
import io.vestibule.staff.list.Find;
import io.vestibule.staff.list.Inbox;
import io.vestibule.staff.list.MoveSeveral;
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
import io.vestibule.store.people.Lookups;
import io.vestibule.web.Languages;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What StaffFunction is made of, from its environment. */
record StaffWiring(Service service, BeginSession beginSession, StaffRoutes routes) {

  private record Config(
      Service service,
      Tables tables,
      String keysetKeyArn,
      String url,
      String issuer,
      String client,
      String rolesClaim) {

    static Config read(Env.Reader from) {
      return new Config(
          Service.read(from),
          Tables.read(
              from,
              Table.IDENTITIES,
              Table.CUSTOMERS,
              Table.ENTRIES,
              Table.LOOKUPS,
              Table.AUDIT,
              Table.SYSTEM_KEYS),
          from.text("KEYSET_KEY_ARN"),
          from.text("STAFF_URL"),
          from.text("STAFF_ISSUER"),
          from.text("STAFF_CLIENT_ID"),
          from.text("STAFF_ROLES_CLAIM"));
    }
  }

  static StaffWiring of(Env env, Clock clock) {
    var config = env.read(Config::read);
    var tables = config.tables();
    var dynamoDb = AwsClients.dynamoDb(env);
    var keysetKey = KeysetKey.of(env, config.keysetKeyArn());
    var systemKeys = new SystemKeys(dynamoDb, tables.name(Table.SYSTEM_KEYS));
    var entries = new Entries(dynamoDb, tables.name(Table.ENTRIES));
    var lookups = new Lookups(dynamoDb, tables.name(Table.LOOKUPS));
    var audit = new StaffAudit(dynamoDb, tables.name(Table.AUDIT));
    var forms = new Forms();
    var roles = Roles.load();
    var business = Business.load();
    var lookupKey = new LookupKey(systemKeys, keysetKey, clock);
    var cards = new Cards(lookups, lookupKey, forms);
    var moveEntry = new MoveEntry(entries, lookups, audit, clock);
    var pages = new StaffPages(business, new Languages(new Wordings()));
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
                new Lists(
                    new Inbox(entries, lookups, cards, business.timeZone()),
                    new MoveSeveral(moveEntry),
                    audit,
                    forms,
                    pages,
                    clock),
                new Search(
                    new Find(
                        lookups,
                        lookupKey,
                        cards,
                        Words.of(Optional.ofNullable(business.country()))),
                    audit,
                    forms,
                    pages,
                    clock),
                new CustomersList(lookups, cards, audit, forms, pages, clock),
                new EntryPage(
                    new OpenEntry(forms, roles, entries, customers, audit, clock),
                    moveEntry,
                    forms,
                    pages))));
  }
}
