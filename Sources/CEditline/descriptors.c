// Standard input, output and error, which whoever starts a program may have closed. The next file to be opened, such as
// the event queue of a thread or a trace, would get the number, and what is meant for a person would be written into it.
// So each closed one is taken before anything else in the process opens a file, which no Swift code can do: by something
// that can be neither read nor written, so that the use of it fails as it should.

#include <fcntl.h>
#include <unistd.h>

__attribute__((constructor(101))) static void take_closed_descriptors(void) {
    for (int number = STDIN_FILENO; number <= STDERR_FILENO; number++) {
        if (fcntl(number, F_GETFD) == -1) {
            (void)open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}
