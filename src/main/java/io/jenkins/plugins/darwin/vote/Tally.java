package io.jenkins.plugins.darwin.vote;

import io.jenkins.plugins.darwin.vote.VoteEvent.Ballot;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The count of a vote.
 *
 * @param binding ballots that decide
 * @param advising ballots that are shown and do not count
 * @param quorum binding +1s needed
 * @param bindingBallots the ballots behind {@code binding}, in the order of first voting
 * @param advisingBallots likewise
 * @param notVoted voters that the policy names, are eligible, and have no ballot that counts
 * @param complete whether everybody whose ballot binds is known by name and has voted
 * @param openEnded whether others than those named may bind, so that more votes can always come
 * @param coverage the checklist's items with what voters found, in its order
 */
public record Tally(
        Count binding,
        Count advising,
        int quorum,
        List<Ballot> bindingBallots,
        List<Ballot> advisingBallots,
        List<String> notVoted,
        boolean complete,
        boolean openEnded,
        Map<String, Coverage> coverage) {
    /** Ballots by choice. */
    public record Count(int plusOne, int zero, int minusOne) {
        static Count of(Collection<Ballot> ballots) {
            return new Count(
                    count(ballots, Choice.PLUS_ONE), count(ballots, Choice.ZERO), count(ballots, Choice.MINUS_ONE));
        }

        private static int count(Collection<Ballot> ballots, Choice choice) {
            return (int) ballots.stream().filter(b -> b.choice() == choice).count();
        }

        public int total() {
            return plusOne + zero + minusOne;
        }
    }

    /** What voters, binding or advising, found for one item. */
    public record Coverage(int passed, int failed) {
        public boolean tried() {
            return passed + failed > 0;
        }
    }

    static Tally of(Vote vote, Predicate<String> binds) {
        Collection<Ballot> counting = vote.counting().values();
        List<Ballot> binding =
                counting.stream().filter(b -> binds.test(b.voter())).toList();
        List<Ballot> advising =
                counting.stream().filter(b -> !binds.test(b.voter())).toList();
        Electorate electorate = new Electorate(vote.policy());
        List<String> notVoted = electorate.named().stream()
                .filter(binds)
                .filter(voter -> !vote.counting().containsKey(voter))
                .toList();
        Map<String, Coverage> coverage = new LinkedHashMap<>();
        vote.policy()
                .checklist()
                .forEach(item -> coverage.put(
                        item,
                        new Coverage(
                                marks(counting, item, CheckMark.PASSED), marks(counting, item, CheckMark.FAILED))));
        boolean complete = electorate.closed() && notVoted.isEmpty() && !binding.isEmpty();
        return new Tally(
                Count.of(binding),
                Count.of(advising),
                vote.policy().quorum(),
                binding,
                advising,
                notVoted,
                complete,
                !electorate.closed(),
                coverage);
    }

    private static int marks(Collection<Ballot> ballots, String item, CheckMark mark) {
        return (int) ballots.stream().filter(b -> b.checks().get(item) == mark).count();
    }

    /** Items of the checklist that nobody has tried. */
    public List<String> untried() {
        return coverage.entrySet().stream()
                .filter(e -> !e.getValue().tried())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether enough binding +1s and no veto are there. */
    public boolean quorumMet() {
        return binding.minusOne() == 0 && binding.plusOne() >= quorum;
    }

    /** Whether those who have not voted are too few for the quorum. */
    public boolean unreachable() {
        return !openEnded && binding.plusOne() + notVoted.size() < quorum;
    }

    /** The outcome if the vote ended now. */
    public Outcome outcome() {
        if (binding.minusOne() > 0) {
            return Outcome.VETOED;
        }
        if (quorumMet()) {
            return Outcome.PASSED;
        }
        return binding.total() == 0 ? Outcome.EXPIRED : Outcome.NO_QUORUM;
    }

    /** One line for people, for example {@code 2 of 3 binding +1, 0 binding -1, not voted: carol}. */
    public String summary() {
        return binding.plusOne() + " of " + quorum + " binding +1, " + binding.minusOne() + " binding -1"
                + (notVoted.isEmpty() ? "" : ", not voted: " + String.join(", ", notVoted));
    }
}
