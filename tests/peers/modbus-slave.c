/*
 * A Modbus RTU slave by libmodbus, for tests: modbus-slave DEVICE UNIT. Says "ready", then one line with the bytes of each
 * request that it has carried out. Ends when the line is gone.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <modbus/modbus.h>

#define REGISTERS 2100

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  modbus_t *line = modbus_new_rtu(argv[1], 9600, 'N', 8, 1);
  modbus_mapping_t *memory = modbus_mapping_new(0, 0, REGISTERS, 0);
  if (!line || !memory || modbus_set_slave(line, atoi(argv[2])) < 0 || modbus_connect(line) < 0) {
    fprintf(stderr, "%s\n", modbus_strerror(errno));
    return 1;
  }
  setvbuf(stdout, NULL, _IOLBF, 0);
  puts("ready");
  for (;;) {
    uint8_t request[MODBUS_RTU_MAX_ADU_LENGTH];
    int length = modbus_receive(line, request);
    /* Another unit is meant (0), or a request is broken: both are passed over, as by a module on a bus. */
    if (length < 0 && errno != EMBBADCRC && errno != EMBBADDATA && errno != ETIMEDOUT) return 0;
    if (length <= 0 || modbus_reply(line, request, length, memory) < 0) continue;
    for (int index = 0; index < length; index++) printf("%02x", request[index]);
    puts("");
  }
}
