package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.candidate.MediaType;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.vote.Choice;
import io.jenkins.plugins.darwin.vote.Outcome;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two release managers at the same moment, each on a machine of their own: one vote comes of it, and it can be looked at. */
class VoteRacesTest {
    @TempDir
    Path dir;

    @Test
    void openCastAndCloseAtTheSameMoment() throws Exception {
        ReleaseFixture asha = ReleaseFixture.layouts(dir);
        asha.cut();
        asha.build();
        asha.sign();
        ReleaseFixture ravi = asha.colleague("ravi");
        ravi.clock().set(asha.clock().instant().plusMillis(7));

        together(() -> open(asha), () -> open(ravi));
        together(() -> cast(asha, "alice"), () -> cast(ravi, "bob"));
        cast(asha, "carol");
        List<VoteSession.Result> closed = together(() -> close(asha), () -> close(ravi));

        assertThat(closed).allSatisfy(r -> assertThat(r.outcome()).contains(Outcome.PASSED));
        assertThat(closed.get(0).ballots()).hasSize(3).isEqualTo(closed.get(1).ballots());
        StagedCandidate candidate = asha.with(w -> candidate(w));
        List<Manifest> records = asha.with(w -> ReleaseLine.of(w, ReleaseFixture.VERSION)
                .candidates()
                .attached(candidate.digest(), MediaType.VOTE_RECORD));
        assertThat(records).as("one closing exists").hasSize(1);
        for (ReleaseFixture each : List.of(asha, ravi)) {
            assertThat(each.with(w -> new Status(w, ReleaseFixture.VERSION).look())
                            .phase())
                    .isEqualTo(Status.Phase.VOTE_PASSED);
        }
        assertThat(asha.promote().result().digest()).isEqualTo(candidate.digest());
    }

    private static StagedCandidate candidate(Workspace workspace) {
        var store = ReleaseLine.of(workspace, ReleaseFixture.VERSION).candidates();
        return store.lastSigned(ReleaseFixture.VERSION)
                .flatMap(store::findSigned)
                .orElseThrow();
    }

    private static VoteSession session(Workspace w, ReleaseFixture who) {
        return new VoteSession(w, ReleaseFixture.VERSION, who.signer());
    }

    private static VoteSession.Result open(ReleaseFixture who) {
        return who.run(w -> session(w, who).open(Optional.empty())).result();
    }

    private static VoteSession.Result cast(ReleaseFixture who, String voter) {
        return who.run(w -> {
                    VoteSession session = session(w, who);
                    return session.change(
                            "ballot",
                            voter,
                            "",
                            vote -> vote.cast(new VoteEvent.Ballot(
                                    "b-" + voter,
                                    voter,
                                    Choice.PLUS_ONE,
                                    "",
                                    Map.of(),
                                    who.clock().instant().plusSeconds(1),
                                    session.digest(),
                                    Optional.empty())));
                })
                .result();
    }

    private static VoteSession.Result close(ReleaseFixture who) {
        return who.run(w -> session(w, who)
                        .close(vote -> vote.close(who.clock().instant().plusSeconds(60), "asha", Vote.ANYBODY)))
                .result();
    }

    private static <T> List<T> together(Callable<T> one, Callable<T> other) throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(2);
        try {
            CyclicBarrier start = new CyclicBarrier(2);
            List<Future<T>> working = new ArrayList<>();
            for (Callable<T> work : List.of(one, other)) {
                working.add(people.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            return List.of(working.get(0).get(), working.get(1).get());
        } finally {
            people.shutdownNow();
        }
    }
}
