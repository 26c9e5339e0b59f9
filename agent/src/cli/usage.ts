export const usage = `Usage: socket-playground [flags]

Opens a page in the browser to play with real TCP and UDP sockets on this computer.

  --port <number>      port of the page (default 7654; 0 takes any free one)
  --host <address>     address of the page, loopback only (default 127.0.0.1)
  --no-open            do not open the browser
  --json               when ready, print one line of JSON instead of a sentence
  --data <dir>         keep sessions in this folder (default: where this system
                       keeps the data of applications)
  --keep <limit>       how much to keep, 2GB unless given, or how long: 500MB,
                       7d; repeatable. The oldest goes first
  --allow <net[:ports]> let sockets send beyond this computer; repeatable:
                       192.168.1.0/24, 10.0.0.5:80,443, fd00::/8:8000-9000
  --expose             let sockets listen for other computers
  --origin <url>       one more address the page is opened at, such as the near
                       end of ssh -L; repeatable
  --help               print this
  --version            print the version
`;
