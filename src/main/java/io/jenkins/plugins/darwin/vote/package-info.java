/**
 * The vote on a candidate: ballots, rules, outcome, record and mail, with no input or output.
 *
 * <p>A {@link Vote} is what was decided at its opening and the list of everything that happened since; the tally and the
 * outcome follow from that list alone, so a {@link VoteRecord} can be checked by anybody.
 */
package io.jenkins.plugins.darwin.vote;
