/** What may go wrong, made to go wrong: deaths, repetitions, races and outages, and their books. */
@NullMarked
package io.vestibule.local.chaos;

import org.jspecify.annotations.NullMarked;
