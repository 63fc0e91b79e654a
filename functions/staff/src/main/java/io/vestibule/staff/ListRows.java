package io.vestibule.staff;

import io.vestibule.staff.list.Listed;
import io.vestibule.staff.page.ListView;
import io.vestibule.staff.page.StaffPage;
import io.vestibule.web.FormNames;
import java.util.List;

/** The rows of all lists: the number leads to the entry, the name to the customer. */
final class ListRows {

  private ListRows() {}

  static List<ListView.Row> of(List<Listed> entries, FormNames names, StaffPage page) {
    return entries.stream().map(it -> of(it, names, page)).toList();
  }

  private static ListView.Row of(Listed entry, FormNames names, StaffPage page) {
    var id = entry.entryId();
    return new ListView.Row(
        id.value(),
        id.number().value(),
        entry.who(),
        entry.says(),
        names.form(entry.form()),
        page.page().time(id.receivedAt(), "staff.time"),
        page.to(EntryPage.PATH + id),
        page.to(CustomerPage.PATH + entry.customer()));
  }
}
