package io.jenkins.plugins.darwin.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.Version;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final Person A = new Person("Asha Rao", "asha@example.org");
    private static final Person B = new Person("Bob Lee", "bob@example.org");
    private static final Person C = new Person("Carol", "carol@example.org");
    private static final List<Person> ALL = List.of(A, B, C);
    private static final Version V = Version.parse("1.3.0");

    @Test
    void theFirstBeginsAndTheNextFollows() {
        assertThat(Rotation.next(ALL, List.of(), V)).contains(A);
        assertThat(Rotation.next(ALL, List.of(line("1.2.0", A, 1)), V)).contains(B);
        assertThat(Rotation.next(ALL, List.of(line("1.2.0", A, 1), line("1.1.0", C, 2)), V))
                .contains(A);
        assertThat(Rotation.next(ALL, List.of(line("1.2.0", A, 1), line("1.3.0", B, 5)), V))
                .contains(B);
    }

    @Test
    void whoLeftIsFollowedByTheFirst() {
        assertThat(Rotation.next(List.of(A, C), List.of(line("1.2.0", B, 1)), V))
                .contains(A);
        assertThat(Rotation.next(List.of(), List.of(line("1.2.0", B, 1)), V)).isEmpty();
    }

    @Test
    void peopleAreFoundByNameOrMail() {
        assertThat(Rotation.find(ALL, "bob@EXAMPLE.org")).contains(B);
        assertThat(Rotation.find(ALL, " Bob Lee ")).contains(B);
        assertThat(Rotation.find(ALL, B.toString())).contains(B);
        assertThat(Rotation.find(ALL, "bob")).isEmpty();
    }

    private static LineRecord line(String version, Person manager, int since) {
        return LineRecord.empty(Version.parse(version)).managedBy(manager.toString(), Instant.ofEpochSecond(since));
    }
}
