package io.vestibule.staff;

import io.vestibule.staff.page.Place;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.page.TodayView;
import io.vestibule.staff.roles.Right;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.EntryState;
import io.vestibule.web.Reply;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The first page: how much there is of what. Nobody is opened for it. */
final class Today implements Section {

  static final int MOST = 999;

  private final Entries entries;
  private final List<Tally> others;
  private final StaffPages pages;

  Today(Entries entries, List<Tally> others, StaffPages pages) {
    this.entries = entries;
    this.others = List.copyOf(others);
    this.pages = pages;
  }

  @Override
  public Optional<Reply> read(Visit visit) {
    return visit.request().path().equals(Place.TODAY.path()) && visit.may(Right.COUNT)
        ? Optional.of(show(visit))
        : Optional.empty();
  }

  private Reply show(Visit visit) {
    var title = pages.language(visit.request()).text("staff.today");
    var page = visit.page(pages, title, false);
    var ofEntries =
        Stream.of(EntryState.NEW, EntryState.TAKEN)
            .map(
                state ->
                    new TodayView.Line(
                        page.text("staff.state." + state.code()),
                        count(state),
                        visit.may(Right.LIST) ? page.to("/staff/new?state=" + state.code()) : ""));
    var ofOthers = others.stream().flatMap(it -> it.lines(visit, page).stream());
    var lines = Stream.concat(ofEntries, ofOthers).toList();
    return pages.render(200, "today", page, new TodayView(lines));
  }

  private String count(EntryState state) {
    return upToMost(entries.count(state, MOST + 1));
  }

  static String upToMost(int count) {
    return count > MOST ? MOST + "+" : Integer.toString(count);
  }
}
