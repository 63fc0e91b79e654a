package io.vestibule.staff.page;

import java.util.List;

/**
 * A page of customers, each by the newest message.
 *
 * @param older where the next page is; empty if this is the last
 */
public record CustomersView(List<ListView.Row> rows, String older) {}
