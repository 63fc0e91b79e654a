package io.vestibule.staff.page;

import java.util.List;

/**
 * A page of customers, each by the newest message.
 *
 * @param tags by which it is filtered: then a customer is there by each message that is marked so
 * @param older where the next page is; empty if this is the last
 */
public record CustomersView(List<ListView.Choice> tags, List<ListView.Row> rows, String older) {}
