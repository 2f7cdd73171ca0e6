/* What the files of the trading house share while they are written; for house*.c alone. */
#ifndef MORNING_HOUSE_PARTS_H
#define MORNING_HOUSE_PARTS_H

#include <stddef.h>
#include <stdio.h>

enum {
  HOUSE_STAFF = 25,
  HOUSE_CLIENTS = 500,
  HOUSE_DRAFTS = 14,     /* the last of them */
  HOUSE_CONTACTS = 1600, /* room */
  HOUSE_EVENTS = 5000,
  HOUSE_PRODUCTS = 30,
  HOUSE_SPHERES = 16,
  HOUSE_NAME = 160
};

/* --- house_random.c ---------------------------------------------------------------------------------- */
typedef struct house_random {
  unsigned long long state;
} house_random;
/* 0 .. below - 1. One draw a call of another function: the order of arguments is the compiler's. */
int house_below(house_random* random, int below);
int house_between(house_random* random, int low, int high);
int house_percent(house_random* random, int percent);

/* --- house_csv.c ------------------------------------------------------------------------------------- */
/* Fields up to NULL as one record: semicolons, CRLF, quotes where needed, as Excel in Russia writes them. */
void house_row(FILE* file, ...);
/* "02.03.2026"; `days` since 1970-01-01. 24 texts are kept at once. */
const char* house_date(long days);
const char* house_time(long days, int minute);
const char* house_money(long long kopecks);
/* "К-0017" of "К-" and 17. */
const char* house_number(const char* letters, int number);
/* Latin letters for a domain or mailbox. */
void house_latin(const char* russian, char* latin, size_t size);

/* --- house_requisites.c: numbers with right check digits --------------------------------------------- */
void house_inn(house_random* random, int region, int is_person, char inn[13]);
void house_kpp(const char* inn, char kpp[10]);
void house_ogrn(house_random* random, int region, int is_person, char ogrn[16]);
typedef struct house_bank {
  const char *bik, *name, *correspondent;
} house_bank;
const house_bank* house_some_bank(house_random* random);
void house_account(house_random* random, const char* bik, int is_person, char account[21]);

/* --- house_people.c ---------------------------------------------------------------------------------- */
typedef struct house_person {
  int is_woman;
  char last[60], first[60], middle[60];
} house_person;
void house_some_person(house_random* random, int is_woman, house_person* person);

/* --- house_names.c ----------------------------------------------------------------------------------- */
typedef struct house_city {
  const char *name, *region, *phone, *postcode;
  int code;
} house_city;
const house_city* house_some_city(house_random* random);
void house_phone(house_random* random, const house_city* city, char* phone, size_t size);
void house_mobile(house_random* random, char* phone, size_t size);
const char* house_some_street(house_random* random);
typedef enum house_form { HOUSE_OOO, HOUSE_AO, HOUSE_IP, HOUSE_SHOP } house_form;
/* The client's name, and the bare word of it for mail. */
void house_client_name(house_random* random, int sphere, house_form form, const house_person* owner, char* name,
                       size_t size, char* word, size_t word_size);

/* --- the house --------------------------------------------------------------------------------------- */
typedef struct house_user {
  house_person person;
  int supervisor; /* -1: nobody */
  int department;
  const char* position;
  long hired, dismissed; /* dismissed 0: in service */
} house_user;

typedef struct house_client {
  char name[HOUSE_NAME], word[60];
  house_form form;
  house_person owner;
  const house_city* city;
  int sphere;
  int fullness;  /* 0 hardly anything is known .. 2 a full card */
  int manager;   /* -1: never had one */
  int successor; /* -1: none */
  long since;    /* first day of the manager */
  int first_contact, contacts;
} house_client;

typedef struct trading_house {
  house_random random;
  long today; /* 2026-03-02, a Monday */
  house_user staff[HOUSE_STAFF];
  house_client clients[HOUSE_CLIENTS];
  int contacts;
  const char* folder;
  char* error;
  size_t error_size;
} trading_house;

/* A new file of the folder with its byte order mark; NULL is told in `error`. house_close answers 0 on a full disk. */
FILE* house_open(trading_house* house, const char* name);
int house_close(trading_house* house, FILE* file, const char* name);

int house_write_staff(trading_house* house);
int house_write_goods(trading_house* house); /* spheres, products, matrices */
int house_write_kinds(trading_house* house); /* kinds of events and their outcomes */
int house_write_clients(trading_house* house);
int house_write_legal(trading_house* house);
int house_write_contacts(trading_house* house);
int house_write_assignments(trading_house* house);
int house_write_events(trading_house* house); /* with their lines, the payments and documents */

/* In service on that day: the manager, his successor, or else the supervisor. */
int house_manager_on(const trading_house* house, const house_client* client, long day);
extern const int house_product_price[HOUSE_PRODUCTS]; /* roubles */
extern const char* const house_sphere_code[HOUSE_SPHERES];
extern const char* const house_product_code[HOUSE_PRODUCTS];

/* --- house_wrong.c: rows that are wrong on purpose, so that the telling is seen ----------------------- */
void house_wrong_clients(FILE* file);
void house_wrong_legal(FILE* file);
void house_wrong_accounts(FILE* file);
void house_wrong_contacts(FILE* file);
void house_wrong_events(FILE* file);
void house_wrong_payments(FILE* file);

#endif
